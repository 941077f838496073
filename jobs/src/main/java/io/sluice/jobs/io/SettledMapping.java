package io.sluice.jobs.io;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.scheduling.OutcomeEncoder;
import io.sluice.jobs.state.EncodedOutcome;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** From a settled request to the bytes of its record on the outcomes topic. */
final class SettledMapping implements OutcomeEncoder {

    private static final long serialVersionUID = 1L;

    private final WireForm<RequestOutcome> wire = WireForm.of(RequestOutcome.class);

    @Override
    public EncodedOutcome encode(SettledRequest settled, long checkpointId) {
        return new EncodedOutcome(
                settled.key().requestId().getBytes(StandardCharsets.UTF_8),
                wire.write(record(settled)),
                checkpointId);
    }

    static RequestOutcome record(SettledRequest settled) {
        RequestOutcome.Builder outcome =
                RequestOutcome.newBuilder()
                        .setRequestId(settled.key().requestId())
                        .setFairnessId(settled.key().tenant())
                        .setAttempt(settled.attempt())
                        .setInstanceId(settled.instanceId())
                        .setIncarnation(settled.incarnation())
                        .setOutcome(Outcome.valueOf(settled.outcome().wireName()))
                        .setErrorCode(settled.code())
                        .setMessage(settled.message())
                        .setSettledAt(Instant.ofEpochMilli(settled.settledAtMillis()))
                        .setQueueWaitMs(settled.queueWaitMillis())
                        .setSloMet(settled.sloMet());
        if (settled.facts() != null) {
            facts(outcome, settled.facts());
        }
        if (settled.measures() != null) {
            measures(outcome, settled.measures());
        }
        return outcome.build();
    }

    private static void facts(RequestOutcome.Builder outcome, RequestFacts facts) {
        outcome.setModel(facts.model())
                .setPriority(facts.priority())
                .setSessionId(facts.tags().sessionId())
                .setWorkflowId(facts.tags().workflowId())
                .setServiceTier(facts.tags().serviceTier())
                .setTraceparent(facts.tags().traceparent())
                .setCreated(Instant.ofEpochMilli(facts.createdMillis()))
                .setSubmittedAt(Instant.ofEpochMilli(facts.submittedAtMillis()))
                .setDeadline(
                        facts.deadlineMillis() == PendingRequest.NEVER
                                ? null
                                : Instant.ofEpochMilli(facts.deadlineMillis()))
                .setSloTtftMs(number(facts.slo().ttftMillis()))
                .setSloTpotMs(number(facts.slo().tpotMillis()))
                .setSloE2eMs(number(facts.slo().e2eMillis()))
                .setInputTokens(facts.inputTokens())
                .setPredictedOutputTokens(
                        facts.predictedOutputTokens() == 0 ? null : facts.predictedOutputTokens())
                .setPolicy(facts.policy());
    }

    private static void measures(RequestOutcome.Builder outcome, RunMeasures measures) {
        outcome.setTtftMs(number(measures.ttftMillis()))
                .setTpotMs(number(measures.tpotMillis()))
                .setE2eMs(number(measures.e2eMillis()))
                .setInputTokens(measures.inputTokens())
                .setOutputTokens(measures.outputTokens())
                .setCachedTokens(measures.cachedTokens())
                .setFinishReason(measures.finishReason());
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
