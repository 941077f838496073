package io.sluice.demo.rules;

import io.sluice.schemas.avro.DispatchCommand;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Hold: a restored job asks what runs before it starts anything. */
@ExtendWith(Stage.Extension.class)
class Rule9HoldTest {

    /**
     * A request is dispatched after the last checkpoint, and runs, when the job is killed. The
     * restored job has never heard of it, and a faster worker has come.
     */
    @ParameterizedTest
    @EnumSource
    void aRestoredJobAsksWhatRunsBeforeItStartsAnything(Rule rule, Stage stage) {
        Blueprint.Change change = rule.pick(Blueprint.Change.NONE, Numbering::sameForAll);
        try (Scene scene = new Scene(stage, "rule9-" + rule);
                SchedulerRun job = SchedulerRun.start(scene, change)) {
            ScriptedWorker slow = scene.worker("slow", 0).register();
            scene.submit("before");
            slow.complete(slow.accept("before"));
            job.checkpoint();
            scene.submit("A");
            DispatchCommand running = slow.accept("A");

            ScriptedWorker fast = scene.fastWorker("fast", 1);
            job.kill(fast::register);
            scene.submit("after");
            scene.completeAnywhere("after");
            if (rule == Rule.IS_OFF) {
                fast.complete(fast.accept("A"));
            }
            slow.complete(running);

            assertThat(scene.awaitOutcome(job, "A").getAttempt()).isEqualTo(1);
            assertThat(scene.account().completed("A")).isEqualTo(rule.pick(1, 2));
        }
    }
}
