package io.sluice.demo.rules;

import io.sluice.core.model.Release;
import io.sluice.demo.topic.Tape;
import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.io.SchedulerKafka;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.HandBack;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Release: one of an earlier job attempt goes back to the lane it came from. */
@ExtendWith(Stage.Extension.class)
class Rule5ReleaseTest {

    /**
     * A lane releases a request, and the release is still under way when a checkpoint is taken: the
     * lane has let go, the router does not know. Then the job is killed.
     */
    @ParameterizedTest
    @EnumSource
    void aReleaseThatWasUnderWayAtTheCheckpointIsNotLost(Rule rule, Stage stage) {
        try (Scene scene = new Scene(stage, "rule5-" + rule);
                Scene slowRoad = new Scene(stage, "rule5-slow-road-" + rule);
                SchedulerRun job =
                        SchedulerRun.start(scene, blueprint -> releasing(blueprint, slowRoad))) {
            ScriptedWorker worker = scene.worker("worker", 0).register();
            scene.submit("A");
            worker.fail(worker.accept("A"));
            ConsumerRecord<byte[], byte[]> release = awaitRelease(scene, slowRoad);
            long before = scene.epoch();
            String checkpoint = job.checkpoint();

            Blueprint.Change change =
                    rule.pick(Blueprint.Change.NONE, restored -> deaf(restored, before));
            job.replace(checkpoint, change, () -> {});
            scene.append(Topic.HANDBACKS, 0, release.value());
            scene.awaitRead(Topic.HANDBACKS);
            scene.submit("B");
            DispatchCommand behind = worker.accept("B");
            if (rule == Rule.HOLDS) {
                worker.complete(worker.accept("A"));
                assertThat(scene.awaitOutcome(job, "A").getAttempt()).isEqualTo(2);
            }
            worker.complete(behind);
            scene.awaitOutcome(job, "B");

            assertThat(scene.account().requests().missing()).isEqualTo(rule.pick(0L, 1L));
        }
    }

    /** The job, with releases that are long under way: they come out on another topic first. */
    private static Blueprint releasing(Blueprint job, Scene slowRoad) {
        return job.releases(Blueprint.of(SchedulerRun.options(slowRoad)).sinks().releases());
    }

    private static ConsumerRecord<byte[], byte[]> awaitRelease(Scene scene, Scene slowRoad) {
        try (Tape<HandBack> tape =
                Tape.committed(
                        slowRoad.stage().bootstrapServers(),
                        slowRoad.name(Topic.HANDBACKS),
                        HandBack.class)) {
            scene.await("the release of A", () -> tape.has(release -> true));
            return tape.raw().get(0);
        }
    }

    /** The job, to which the releases of earlier attempts mean nothing. */
    private static Blueprint deaf(Blueprint job, long earlierEpoch) {
        return job.handBacks(
                job.source(
                        Topic.HANDBACKS,
                        new Reread<>(
                                SchedulerKafka.handBackSchema(),
                                read -> isLater(read, earlierEpoch) ? read : null)));
    }

    private static boolean isLater(Decoded<Release> release, long epoch) {
        return release.value() == null || release.value().epoch() > epoch;
    }
}
