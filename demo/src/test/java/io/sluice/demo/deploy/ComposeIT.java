package io.sluice.demo.deploy;

import io.sluice.demo.process.Await;
import io.sluice.demo.topic.Tape;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;

import org.apache.avro.specific.SpecificRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code docker compose up} starts, started: without containers, for want of an engine. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ComposeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void itsCommandsMakeAPipelineThatAnswersAndMeasures(@TempDir Path folder) throws Exception {
        try (Containers containers = new Containers(folder)) {
            containers.up();

            try (Tape<RequestOutcome> outcomes =
                            tape(containers, Topic.OUTCOMES, RequestOutcome.class);
                    Tape<SlaWindow> windows = tape(containers, Topic.SLA, SlaWindow.class)) {
                await("a completed request", outcomes, o -> o.getOutcome() == Outcome.Completed);
                await(
                        "a window with times of first tokens",
                        windows,
                        w -> w.getScope() == SlaScope.ALL && w.getTtft().getCount() > 0);
            }

            for (String worker : List.of("worker-1", "worker-2", "worker-3")) {
                assertThat(containers.stop(worker)).as(worker + " stops in time").isTrue();
                assertThat(containers.printed(worker)).doesNotContain("Exception");
            }
        }
    }

    private static <T extends SpecificRecord> void await(
            String what, Tape<T> tape, Predicate<T> which) {
        Await.until(what, PATIENCE, () -> tape.has(which));
    }

    private static <T extends SpecificRecord> Tape<T> tape(
            Containers containers, Topic topic, Class<T> type) {
        return Tape.committed(containers.broker(), topic.name(TopicPrefix.DEFAULT), type);
    }
}
