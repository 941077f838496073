package io.sluice.demo.rules;

import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.io.SchedulerKafka;
import io.sluice.jobs.scheduling.OutcomeEncoder;
import io.sluice.jobs.state.EncodedOutcome;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DispatchCommand;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who closes: only the router does; whoever decodes says what he thinks of a request. */
@ExtendWith(Stage.Extension.class)
class Rule2WhoClosesTest {

    /**
     * While a request runs, its client repeats it, badly. The job is killed before the repetition
     * has been checkpointed, and reads it again.
     */
    @ParameterizedTest
    @EnumSource
    void aBadRepetitionDoesNotCloseWhatRuns(Rule rule, Stage stage) {
        Blueprint.Change change =
                rule.pick(Blueprint.Change.NONE, Rule2WhoClosesTest::decodingCloses);
        try (Scene scene = new Scene(stage, "rule2-" + rule);
                SchedulerRun job = SchedulerRun.start(scene, change)) {
            ScriptedWorker worker = scene.worker("worker", 0).register();
            scene.submit("A");
            DispatchCommand running = worker.accept("A");
            job.checkpoint();
            scene.submit(Scene.request("A").setInputTokens(-5));
            scene.submit("behind it");
            worker.complete(worker.accept("behind it"));

            job.kill();
            worker.complete(running);
            scene.await(
                    "the completion of A to be an outcome",
                    () -> {
                        job.checkpoint();
                        return scene.outcomes("A").stream()
                                .anyMatch(outcome -> outcome.getAttempt() == 1);
                    });

            assertThat(scene.account().requests().missing()).isZero();
            assertThat(scene.account().requests().duplicate()).isEqualTo(rule.pick(0L, 1L));
        }
    }

    /** What is decoded as invalid is rejected there and then. */
    private static Blueprint decodingCloses(Blueprint job) {
        var requests = SchedulerKafka.requestSchema(job.settings().inlineLimitBytes());
        var sound = new Reread<>(requests, read -> isSound(read) ? read : null);
        return job.requests(job.source(Topic.REQUESTS, sound)).beside(env -> reject(env, job));
    }

    private static boolean isSound(Decoded<Submission> request) {
        return request.value() == null || request.value().verdict() == null;
    }

    private static void reject(StreamExecutionEnvironment env, Blueprint job) {
        OutcomeEncoder encoder = SchedulerKafka.outcomeEncoder();
        env.fromSource(
                        job.sources().requests(),
                        WatermarkStrategy.noWatermarks(),
                        "requests once more")
                .uid("source-of-rejects")
                .filter(request -> !isSound(request))
                .uid("filter-of-rejects")
                .map(request -> encoder.encode(rejected(request), 0))
                .returns(EncodedOutcome.class)
                .uid("rejects")
                .sinkTo(PlainOutcomes.sink(job))
                .uid("sink-of-rejects");
    }

    private static SettledRequest rejected(Decoded<Submission> request) {
        Submission submission = request.value();
        return new SettledRequest(
                submission.request().key(),
                submission.verdict().outcome(),
                0,
                null,
                null,
                request.position().timestampMillis(),
                null,
                submission.verdict().message(),
                null,
                null,
                null);
    }
}
