package io.sluice.apps.timeline;

import io.sluice.schemas.HostileRecords;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever looks for a request, on hostile records of every topic that may tell of it. */
class HostileStoryTest {

    private static final String ID = "r1";

    @ParameterizedTest
    @EnumSource(
            names = {
                "REQUESTS",
                "CONTROL",
                "DISPATCH",
                "WORKER_EVENTS",
                "HANDBACKS",
                "OUTCOMES",
                "DECISIONS"
            })
    void everyRecordIsReadOrPassedOver(Topic topic) {
        Catch found = new Catch(ID);
        byte[] key = ID.getBytes(StandardCharsets.UTF_8);
        HostileRecords.feed(
                topic.valueClass().orElseThrow(),
                value -> {
                    found.byKey(topic, new ConsumerRecord<>("t", 0, 1, key, value));
                    found.byContent(topic, new ConsumerRecord<>("t", 0, 1, key, value));
                    if (topic == Topic.DISPATCH) {
                        found.command(new ConsumerRecord<>("t", 0, 1, key, value), Set.of(ID));
                    }
                });
        assertThat(found.records()).isEmpty();
    }
}
