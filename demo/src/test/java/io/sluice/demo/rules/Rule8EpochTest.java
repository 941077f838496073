package io.sluice.demo.rules;

import io.sluice.demo.process.JavaProcess;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.scheduling.SchedulerSinks;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Epoch: every job attempt has a number above those of all before it, and workers know it. */
@ExtendWith(Stage.Extension.class)
class Rule8EpochTest {

    /**
     * The job is killed, and once more before its next checkpoint. What the attempt between had
     * sent reaches its worker only now, as when a stopped machine wakes up; the third attempt has
     * sent the request to another worker.
     */
    @ParameterizedTest
    @EnumSource
    void aCommandOfAnEarlierAttemptIsRefused(Rule rule, Stage stage, @TempDir Path folder) {
        try (Scene scene = new Scene(stage, "rule8-" + rule);
                Scene buffer = new Scene(stage, "rule8-buffer-" + rule);
                SchedulerRun job =
                        SchedulerRun.start(scene, blueprint -> change(rule, blueprint, buffer));
                JavaProcess real = RealWorker.start(scene, "real", 0, folder, "--lease=1h")) {
            scene.submit(RealWorker.running("before", 1));
            scene.awaitOutcome(job, "before");
            job.kill();
            scene.submit(RealWorker.running("A", 20));
            buffer.await("the command to be stuck", () -> !buffer.commandsFor("A").isEmpty());
            byte[] stuck = buffer.rawCommand(0);

            ScriptedWorker fast = scene.fastWorker("fast", 1);
            job.kill(fast::register);
            DispatchCommand running = fast.accept("A");
            scene.append(Topic.DISPATCH, 0, stuck);
            WorkerEvent answer =
                    scene.awaitEvent(event -> isAnswer(event, rule), "an answer of the worker");
            fast.complete(running);
            scene.awaitOutcome(job, "A");

            if (rule == Rule.HOLDS) {
                assertThat(answer.getErrorCode()).isEqualTo("stale_epoch");
            }
            assertThat(scene.account().completed("A")).isEqualTo(rule.pick(1, 2));
            real.requireAlive();
        }
    }

    private static boolean isAnswer(WorkerEvent event, Rule rule) {
        WorkerEventType expected = rule.pick(WorkerEventType.REFUSED, WorkerEventType.COMPLETED);
        return event.getInstanceId().equals("real")
                && "A".equals(event.getRequestId())
                && event.getType() == expected;
    }

    private static Blueprint change(Rule rule, Blueprint job, Scene buffer) {
        Blueprint numbered = rule == Rule.HOLDS ? job : Numbering.onlyAboveTheRestored(job);
        SchedulerSinks stuck = Blueprint.of(SchedulerRun.options(buffer)).sinks();
        return numbered.commands(
                new Parted<>(job.sinks().commands(), stuck.commands(), Rule8EpochTest::isStuck));
    }

    private static boolean isStuck(CommandMessage command) {
        return command.kind() == CommandMessage.Kind.DISPATCH
                && command.address().instanceId().equals("real")
                && command.request().key().requestId().equals("A");
    }
}
