package io.sluice.demo.rules;

import io.sluice.demo.process.JavaProcess;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Worker log: a worker that comes back is a new incarnation, and says before that what became of
 * what it had accepted.
 */
@ExtendWith(Stage.Extension.class)
class Rule7WorkerLogTest {

    /** Kept by a machine that is busy with other tests, too. */
    private static final String LEASE = "20s";

    private static final String WORKER = "worker";

    /**
     * A worker is killed while it runs a request, and comes back within its lease, so that nobody
     * has noticed: with its ledger, or as the incarnation that it was.
     */
    @ParameterizedTest
    @EnumSource
    void aWorkerThatComesBackIsNotTakenForTheOneThatRanTheRequest(
            Rule rule, Stage stage, @TempDir Path folder) {
        try (Scene scene = new Scene(stage, "rule7-" + rule);
                SchedulerRun job =
                        SchedulerRun.start(scene, options(scene), Blueprint.Change.NONE)) {
            JavaProcess killed = start(scene, folder);
            scene.submit(RealWorker.running("A", 200));
            WorkerEvent accepted = scene.awaitEvent(WorkerEventType.ACCEPTED, "A");
            killed.kill();

            if (rule == Rule.HOLDS) {
                comesBackWithItsLedger(scene, job, folder, accepted);
            } else {
                comesBackAsItWas(scene, job, accepted.getIncarnation());
            }
            assertThat(scene.account().requests().missing()).isEqualTo(rule.pick(0L, 1L));
        }
    }

    private static void comesBackWithItsLedger(
            Scene scene, SchedulerRun job, Path folder, WorkerEvent accepted) {
        try (JavaProcess again = start(scene, folder)) {
            RequestOutcome outcome = scene.awaitOutcome(job, "A");
            assertThat(outcome.getAttempt()).isEqualTo(2);
            scene.submit(RealWorker.running("B", 1));
            scene.awaitOutcome(job, "B");
            again.requireAlive();
        }
        WorkerEvent given = scene.awaitEvent(WorkerEventType.GIVEN_BACK, "A");
        assertThat(given.getAttempt()).isEqualTo(1);
        assertThat(given.getIncarnation()).isGreaterThan(accepted.getIncarnation());
        WorkerEvent registered =
                scene.awaitEvent(
                        event ->
                                event.getType() == WorkerEventType.REGISTERED
                                        && event.getIncarnation() == given.getIncarnation(),
                        "the registration of the new incarnation");
        assertThat(given.getSeq()).isLessThan(registered.getSeq());
    }

    private static void comesBackAsItWas(Scene scene, SchedulerRun job, long incarnation) {
        long last = scene.lastSeq(incarnation);
        ScriptedWorker again = scene.fastWorker(WORKER, 0).registerAs(incarnation).live();
        scene.awaitEvent(
                event ->
                        event.getType() == WorkerEventType.HEARTBEAT
                                && event.getIncarnation() == incarnation
                                && event.getSeq() > last,
                "signs of life that are news to the job");
        scene.submit(RealWorker.running("B", 1));
        again.complete(again.accept("B"));
        scene.awaitOutcome(job, "B");
    }

    private static JavaProcess start(Scene scene, Path folder) {
        return RealWorker.start(scene, WORKER, 0, folder, "--lease=" + LEASE, "--heartbeat=300ms");
    }

    private static Map<String, String> options(Scene scene) {
        Map<String, String> options = SchedulerRun.options(scene);
        options.put("sluice.scheduler.worker-lease", LEASE);
        return options;
    }
}
