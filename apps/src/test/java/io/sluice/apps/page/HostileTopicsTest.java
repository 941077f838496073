package io.sluice.apps.page;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.live.LiveModel;
import io.sluice.schemas.HostileRecords;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.junit.jupiter.api.Test;

import java.time.Clock;

import static org.assertj.core.api.Assertions.assertThat;

/** The live page on hostile records: it shows what it can, and counts the rest. */
class HostileTopicsTest {

    private static final KafkaAccess NOWHERE =
            KafkaAccess.plain("localhost:1", TopicPrefix.DEFAULT);

    @Test
    void thePageReadsOnAndCanBeShown() {
        LiveModel model = new LiveModel();
        RecordIntake intake = new RecordIntake(NOWHERE, model, new PageMetrics());
        for (Topic topic : Topic.values()) {
            String name = topic.name(TopicPrefix.DEFAULT);
            if (intake.topics().contains(name)) {
                HostileRecords.feed(
                        topic.valueClass().orElseThrow(),
                        value -> intake.take(new ConsumerRecord<>(name, 0, 1, new byte[0], value)));
            }
        }
        FeedStatus live = new FeedStatus(FeedStatus.State.LIVE, 0, "");
        Frames frames = new Frames(model, () -> live, "", Clock.systemUTC());
        assertThat(frames.measured(0)).contains("sluice_");
    }
}
