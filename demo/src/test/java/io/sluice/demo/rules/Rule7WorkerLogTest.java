package io.sluice.demo.rules;

import io.sluice.demo.process.JavaProcess;
import io.sluice.demo.process.TemporaryFolder;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Worker log: a worker that comes back says what became of what it had accepted. */
@ExtendWith(Stage.Extension.class)
class Rule7WorkerLogTest {

    /** Kept by a machine that is busy with other tests, too. */
    private static final String LEASE = "20s";

    /**
     * A worker is killed while it runs a request, and is started again within its lease, so that
     * nobody has noticed.
     */
    @ParameterizedTest
    @EnumSource
    void aWorkerRemembersWhatItHadAcceptedWhenItWasKilled(
            Rule rule, Stage stage, @TempDir Path folder) {
        try (Scene scene = new Scene(stage, "rule7-" + rule);
                SchedulerRun job =
                        SchedulerRun.start(scene, options(scene), Blueprint.Change.NONE)) {
            JavaProcess killed = start(scene, folder);
            scene.submit(RealWorker.running("A", 200));
            WorkerEvent accepted = scene.awaitEvent(WorkerEventType.ACCEPTED, "A");
            killed.kill();
            if (rule == Rule.IS_OFF) {
                TemporaryFolder.delete(folder.resolve("ledger"));
            }

            long last = scene.lastSeq(accepted.getIncarnation());
            try (JavaProcess again = start(scene, folder)) {
                if (rule == Rule.HOLDS) {
                    assertThat(scene.awaitOutcome(job, "A").getAttempt()).isEqualTo(2);
                } else {
                    scene.awaitEvent(
                            event -> isSignOfLife(event, accepted.getIncarnation(), last + 1),
                            "signs of life that are news to the job");
                }
                scene.submit(RealWorker.running("B", 1));
                scene.awaitOutcome(job, "B");
                assertThat(scene.account().requests().missing()).isEqualTo(rule.pick(0L, 1L));
                again.requireAlive();
            }
        }
    }

    private static JavaProcess start(Scene scene, Path folder) {
        return RealWorker.start(
                scene, "worker", 0, folder, "--lease=" + LEASE, "--heartbeat=300ms");
    }

    private static Map<String, String> options(Scene scene) {
        Map<String, String> options = SchedulerRun.options(scene);
        options.put("sluice.scheduler.worker-lease", LEASE);
        return options;
    }

    private static boolean isSignOfLife(WorkerEvent event, long incarnation, long fromSeq) {
        return event.getType() == WorkerEventType.HEARTBEAT
                && event.getIncarnation() == incarnation
                && event.getSeq() >= fromSeq;
    }
}
