package io.sluice.demo.rules;

import io.sluice.demo.process.JavaProcess;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Ids: what a worker is told to run is named by the request and its attempt. */
@ExtendWith(Stage.Extension.class)
class Rule1IdsTest {

    /**
     * A worker is killed while it runs a request, and comes back: what it had accepted is over, and
     * it says so whenever it is named again. The next attempt must therefore have another name.
     */
    @ParameterizedTest
    @EnumSource
    void everyAttemptHasANameOfItsOwn(Rule rule, Stage stage, @TempDir Path folder) {
        Blueprint.Change change = rule.pick(Blueprint.Change.NONE, Rule1IdsTest::namedByTheRequest);
        try (Scene scene = new Scene(stage, "rule1-" + rule);
                SchedulerRun job = SchedulerRun.start(scene, change)) {
            JavaProcess killed = RealWorker.start(scene, "worker", 0, folder, "--lease=1h");
            scene.submit(RealWorker.running("A", 200));
            scene.awaitEvent(WorkerEventType.ACCEPTED, "A");
            killed.kill();

            try (JavaProcess again = RealWorker.start(scene, "worker", 0, folder, "--lease=1h")) {
                scene.awaitEvent(WorkerEventType.GIVEN_BACK, "A");
                scene.await("another attempt", () -> scene.commandsFor("A").size() > 1);
                scene.submit(RealWorker.running("B", 1));
                scene.awaitOutcome(job, "B");
                if (rule == Rule.HOLDS) {
                    RequestOutcome outcome = scene.awaitOutcome(job, "A");
                    assertThat(outcome.getAttempt()).isEqualTo(2);
                }
                assertThat(scene.account().requests().missing()).isEqualTo(rule.pick(0L, 1L));
                again.requireAlive();
            }
        }
    }

    /** All attempts of a request go by one name. */
    private static Blueprint namedByTheRequest(Blueprint job) {
        return job.commands(new Rewritten<>(job.sinks().commands(), Rule1IdsTest::asFirstAttempt));
    }

    private static CommandMessage asFirstAttempt(CommandMessage command) {
        return new CommandMessage(
                command.kind(),
                command.address(),
                command.request(),
                command.target(),
                Math.min(1, command.attempt()),
                command.behind(),
                command.queuePosition(),
                command.reason(),
                command.policy(),
                command.policyVersion());
    }
}
