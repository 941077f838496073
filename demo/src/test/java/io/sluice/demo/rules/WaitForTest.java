package io.sluice.demo.rules;

import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WaitFor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The order within a workflow, through a broker and across the death of the job. */
@ExtendWith(Stage.Extension.class)
class WaitForTest {

    /** One, two that wait for it, and their join; the job is killed between the two. */
    @Test
    void aJoinRunsWhenAllHaveCompletedAlsoAcrossACrash(Stage stage) {
        try (Scene scene = new Scene(stage, "wait-for");
                SchedulerRun job = SchedulerRun.start(scene, Blueprint.Change.NONE)) {
            ScriptedWorker worker = scene.worker("worker", 0).register();
            scene.submit(request("join", "left", "right"));
            scene.submit(request("left", "first"));
            scene.submit(request("right", "first"));
            scene.submit(request("first"));
            DispatchCommand first = worker.accept("first");
            assertThat(worker.waiting("left")).isEmpty();
            worker.complete(first);
            worker.complete(worker.accept("left"));
            DispatchCommand right = worker.accept("right");
            scene.awaitOutcome(job, "left");
            job.checkpoint();

            job.kill();
            scene.submit("marker");
            worker.complete(worker.accept("marker"));
            assertThat(worker.waiting("join")).as("one of two has not completed").isEmpty();
            worker.complete(right);
            worker.complete(worker.accept("join"));

            assertThat(scene.awaitOutcome(job, "join").getOutcome()).isEqualTo(Outcome.Completed);
            assertThat(scene.account().requests().missing()).isZero();
            assertThat(scene.account().requests().duplicate()).isZero();
        }
    }

    /** What has failed for good fails those that wait for it, and those that wait for them. */
    @Test
    void aFailureFailsWhateverWaits(Stage stage) {
        try (Scene scene = new Scene(stage, "wait-for-failure");
                SchedulerRun job = SchedulerRun.start(scene, Blueprint.Change.NONE)) {
            ScriptedWorker worker = scene.worker("worker", 0).register();
            scene.submit(request("first").setInputTokens(-1));
            scene.submit(request("second", "first"));
            scene.submit(request("third", "second"));

            RequestOutcome third = scene.awaitOutcome(job, "third");

            assertThat(third.getOutcome()).isEqualTo(Outcome.RejectedDependency);
            assertThat(third.getErrorCode()).isEqualTo("predecessor-failed");
            assertThat(scene.awaitOutcome(job, "second").getOutcome())
                    .isEqualTo(Outcome.RejectedDependency);
            assertThat(scene.awaitOutcome(job, "first").getOutcome())
                    .isEqualTo(Outcome.RejectedInvalid);
            assertThat(worker.waiting("third")).isEmpty();
            assertThat(scene.account().requests().missing()).isZero();
        }
    }

    private static InferenceRequest.Builder request(String id, String... predecessors) {
        return Scene.request(id)
                .setWorkflowId("w")
                .setWaitFor(
                        Stream.of(predecessors)
                                .map(it -> WaitFor.newBuilder().setRequestId(it).build())
                                .toList());
    }
}
