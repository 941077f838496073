package io.sluice.demo.rules;

import io.sluice.demo.process.Await;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.Outcome;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** Order after a restore: a lane looks who is too late before it looks who is next. */
@ExtendWith(Stage.Extension.class)
class Rule6OrderAfterRestoreTest {

    /** Long enough to be checkpointed before it is over. */
    private static final Duration TTL = Duration.ofSeconds(8);

    /**
     * A request waits for a worker that is full when the job is killed. While the job is down, the
     * worker finishes everything, and the request's time runs out.
     */
    @ParameterizedTest
    @EnumSource
    void whatIsTooLateIsNotStartedByARestoredLane(Rule rule, Stage stage) {
        Blueprint.Change change =
                rule.pick(Blueprint.Change.NONE, Rule6OrderAfterRestoreTest::dispatchingFirst);
        try (Scene scene = new Scene(stage, "rule6-" + rule);
                SchedulerRun job = SchedulerRun.start(scene, change)) {
            ScriptedWorker worker = scene.worker("worker", 0, 1, 1).register();
            scene.submit("running");
            scene.submit("ahead");
            DispatchCommand running = worker.accept("running");
            DispatchCommand ahead = worker.accept("ahead");
            Instant submitted = Instant.now();
            scene.submit(Scene.request("A").setTtlMs(TTL.toMillis()));
            scene.awaitAssigned("A");
            job.checkpoint();
            assertThat(Instant.now()).as("it still waits").isBefore(submitted.plus(TTL));

            job.kill(
                    () -> {
                        worker.complete(running);
                        worker.complete(ahead);
                        Await.until(
                                "the end of its time",
                                TTL.multipliedBy(2),
                                () -> Instant.now().isAfter(submitted.plus(TTL).plusMillis(500)));
                    });
            if (rule == Rule.IS_OFF) {
                worker.complete(worker.accept("A"));
            }

            assertThat(scene.awaitOutcome(job, "A").getOutcome())
                    .isEqualTo(rule.pick(Outcome.EvictedTTL, Outcome.Completed));
            assertThat(scene.account().begun("A")).isEqualTo(rule.pick(0, 1));
        }
    }

    /** Lanes that dispatch whenever they can, and expire when their timer tells them to. */
    private static Blueprint dispatchingFirst(Blueprint job) {
        return job.lanes(new ExpiryByTimer(job.operators().lanes()));
    }
}
