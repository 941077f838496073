package io.sluice.demo.rules;

import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.RequestOutcome;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Settling: the first terminal fact wins, and what is closed stays closed. */
@ExtendWith(Stage.Extension.class)
class Rule3SettlingTest {

    /**
     * The job is killed and comes back; then the worker that runs a request is believed dead, and
     * another one runs it too. Both finish. The client, who has seen no outcome yet, repeats it.
     */
    @ParameterizedTest
    @EnumSource
    void theFirstTerminalFactWinsWhateverItsAttempt(Rule rule, Stage stage) {
        try (Scene scene = new Scene(stage, "rule3-" + rule);
                SchedulerRun job =
                        SchedulerRun.start(scene, options(scene, rule), Blueprint.Change.NONE)) {
            ScriptedWorker first = scene.worker("first", 0).register().live();
            scene.submit("A");
            DispatchCommand attempt1 = first.accept("A");
            job.checkpoint();
            long before = scene.epoch();
            job.kill();
            ScriptedWorker second = scene.worker("second", 1).register().live();
            scene.awaitEcho("first", before);
            first.fallSilent();
            DispatchCommand attempt2 = second.accept("A");

            first.complete(attempt1);
            scene.await("second to be told to stop", () -> second.isToldToStop("A"));
            second.complete(attempt2);
            awaitReadByLane(scene, second);
            scene.submit("A");
            scene.submit("behind it");
            DispatchCommand behind = second.accept("behind it");
            second.waiting("A").ifPresent(again -> second.complete(second.take(again)));
            second.complete(behind);

            RequestOutcome outcome = scene.awaitOutcome(job, "A");
            scene.awaitOutcome(job, "behind it");
            assertThat(outcome.getAttempt()).isEqualTo(1);
            assertThat(outcome.getInstanceId()).isEqualTo("first");
            assertThat(scene.account().requests().duplicate() > 0).isEqualTo(rule == Rule.IS_OFF);
        }
    }

    /**
     * Waits until the lane of a worker has read its log up to here: what fails there, the lane
     * gives out again.
     */
    private static void awaitReadByLane(Scene scene, ScriptedWorker worker) {
        scene.submit("mark");
        worker.fail(worker.accept("mark"));
        worker.complete(worker.accept("mark"));
    }

    /** Without the rule a closed request is forgotten at once. */
    private static Map<String, String> options(Scene scene, Rule rule) {
        Map<String, String> options = SchedulerRun.options(scene);
        options.put("sluice.scheduler.worker-lease", "5 s");
        options.put("sluice.scheduler.dedup-window", rule.pick("1 h", "1 ms"));
        return options;
    }
}
