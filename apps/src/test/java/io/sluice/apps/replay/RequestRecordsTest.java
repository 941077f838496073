package io.sluice.apps.replay;

import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.TokenCounts;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.arrival.TimedRequest;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.apps.trace.shape.Target;
import io.sluice.apps.trace.workload.Prediction;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.WaitFor;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;

class RequestRecordsTest {

    private static final Instant DUE = Instant.parse("2026-03-01T12:00:00Z");
    private static final RequestIds IDS = RequestIds.of("trace", 7);
    private static final Caller CALLER = new Caller("acme", "llama", "s-1", 3);
    private static final TokenCounts TOKENS = new TokenCounts(1000, 200, 150);

    private static InferenceRequest record(RequestFields fields, ShapedRequest request) {
        return new RequestRecords(fields).request(request, DUE).build();
    }

    private static InferenceRequest record(ShapedRequest request) {
        return record(RequestFields.of(IDS), request);
    }

    private static TraceRequest request(Caller caller, List<Long> waitFor) {
        return new TraceRequest(
                5,
                0,
                TOKENS,
                caller,
                new PrefixBlocks(512, List.of(0L, 9L)),
                waitFor,
                List.of(),
                0);
    }

    private static ShapedRequest shaped(Map<Target, Double> targets, OptionalInt maxTokens) {
        return new ShapedRequest(
                new TimedRequest(0, request(CALLER, List.of())), 3, targets, maxTokens);
    }

    private static ShapedRequest limited(OptionalInt maxTokens) {
        return shaped(Map.of(), maxTokens);
    }

    @Test
    void saysWhoAsksForWhatAndWhen() {
        InferenceRequest record = record(limited(OptionalInt.empty()));

        assertThat(record.getRequestId()).isEqualTo("trace.7.5");
        assertThat(record.getFairnessId()).isEqualTo("acme");
        assertThat(record.getSessionId()).isEqualTo("s-1");
        assertThat(record.getPriority()).isEqualTo(3);
        assertThat(record.getCreated()).isEqualTo(DUE);
        assertThat(record.getInputTokens()).isEqualTo(1000);
        assertThat(record.getHashIds()).containsExactly(0L, 9L);
        assertThat(record.getHashBlockTokens()).isEqualTo(512);
    }

    @Test
    void keepsQuietAboutWhatTheTraceDoesNotSay() {
        InferenceRequest record = record(Requests.at(0, Duration.ZERO));

        assertThat(record.getFairnessId()).isEqualTo("default");
        assertThat(record.getSessionId()).isNull();
        assertThat(record.getHashIds()).isEmpty();
        assertThat(record.getHashBlockTokens()).isNull();
        assertThat(record.getDeadline()).isNull();
        assertThat(record.getTtlMs()).isNull();
        assertThat(record.getSloTtftMs()).isNull();
        assertThat(record.getMaxTokens()).isNull();
        assertThat(record.getPredictedOutputTokens()).isNull();
    }

    @Test
    void makesTheEngineProduceTheRecordedLengthAsFarAsTheLimitAllows() {
        InferenceRequest free = record(limited(OptionalInt.empty()));
        InferenceRequest roomy = record(limited(OptionalInt.of(300)));
        InferenceRequest tight = record(limited(OptionalInt.of(50)));

        assertThat(free.getMinTokens()).isEqualTo(200);
        assertThat(roomy.getMinTokens()).isEqualTo(200);
        assertThat(roomy.getMaxTokens()).isEqualTo(300);
        assertThat(tight.getMinTokens()).isEqualTo(50);
        assertThat(tight.getMaxTokens()).isEqualTo(50);
    }

    @Test
    void setsTargetsAndADeadlineThatCountsFromTheScheduledTime() {
        InferenceRequest record =
                record(
                        shaped(
                                Map.of(
                                        Target.TTFT, 500.5,
                                        Target.TPOT, 50.0,
                                        Target.E2E, 9000.0,
                                        Target.TTL, 60_000.4,
                                        Target.DEADLINE, 30_000.0),
                                OptionalInt.empty()));

        assertThat(record.getSloTtftMs()).isEqualTo(500.5);
        assertThat(record.getSloTpotMs()).isEqualTo(50.0);
        assertThat(record.getSloE2eMs()).isEqualTo(9000.0);
        assertThat(record.getTtlMs()).isEqualTo(60_000);
        assertThat(record.getDeadline()).isEqualTo(DUE.plusSeconds(30));
    }

    @Test
    void leavesAtLeastAMillisecondHoweverGreatTheSpeedup() {
        InferenceRequest record =
                record(
                        shaped(
                                Map.of(Target.TTL, 0.01, Target.DEADLINE, 0.01),
                                OptionalInt.empty()));

        assertThat(record.getTtlMs()).isEqualTo(1);
        assertThat(record.getDeadline()).isEqualTo(DUE.plusMillis(1));
    }

    @Test
    void asksForOneModelOrTheRecordedOne() {
        ShapedRequest recorded = limited(OptionalInt.empty());
        ShapedRequest unrecorded = Requests.at(0, Duration.ZERO);

        assertThat(record(with("recorded"), recorded).getModel()).isEqualTo("llama");
        assertThat(record(with("recorded"), unrecorded).getModel()).isEqualTo("sim");
        assertThat(record(with("mine"), recorded).getModel()).isEqualTo("mine");
        assertThat(record(recorded).getModel()).isEqualTo("sim");
    }

    private static RequestFields with(String model) {
        return new RequestFields(IDS, ModelChoice.parse(model), Prediction.NONE, false);
    }

    @Test
    void predictsNothingTheTruthOrWhatWasRecorded() {
        assertThat(predicted(Prediction.NONE, OptionalInt.empty())).isNull();
        assertThat(predicted(Prediction.EXACT, OptionalInt.empty())).isEqualTo(200);
        assertThat(predicted(Prediction.EXACT, OptionalInt.of(50))).isEqualTo(50);
        assertThat(predicted(Prediction.RECORDED, OptionalInt.empty())).isEqualTo(150);
    }

    private static Integer predicted(Prediction prediction, OptionalInt maxTokens) {
        RequestFields fields = new RequestFields(IDS, ModelChoice.all("sim"), prediction, false);
        return record(fields, limited(maxTokens)).getPredictedOutputTokens();
    }

    @Test
    void waitsForNothing() {
        ShapedRequest waiting =
                Requests.shaped(request(Caller.UNKNOWN, List.of(1L, 2L)), Duration.ZERO);

        assertThat(record(waiting).getWaitFor()).isEmpty();
    }

    @Test
    void waitsForThoseThatItContinuesIfAsked() {
        RequestFields ordered =
                new RequestFields(IDS, ModelChoice.all("sim"), Prediction.NONE, true);
        ShapedRequest waiting = Requests.shaped(request(CALLER, List.of(1L, 2L)), Duration.ZERO);
        ShapedRequest alone = Requests.shaped(request(Caller.UNKNOWN, List.of()), Duration.ZERO);

        InferenceRequest record = record(ordered, waiting);

        assertThat(record.getWorkflowId()).isEqualTo("s-1");
        assertThat(record.getWaitFor())
                .extracting(WaitFor::getRequestId)
                .containsExactly("trace.7.1", "trace.7.2");
        assertThat(record(ordered, alone).getWorkflowId()).isNull();
        assertThat(record(RequestFields.of(IDS), waiting).getWorkflowId()).isNull();
    }
}
