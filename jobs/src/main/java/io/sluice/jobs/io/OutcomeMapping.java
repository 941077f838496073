package io.sluice.jobs.io;

import io.sluice.core.latency.LatencyMeasures;
import io.sluice.core.latency.SlaLabels;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaSampleState;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.wire.Outcomes;

/** From the outcome on the topic to the part of it that aggregation needs. */
final class OutcomeMapping implements RecordMapping<RequestOutcome, SlaOutcome> {
    private static final long serialVersionUID = 1L;

    @Override
    public SlaOutcome map(RequestOutcome outcome, LogPosition position) {
        LongTexts.refuse(outcome);
        RequestKey key = new RequestKey(outcome.getFairnessId(), outcome.getRequestId());
        SlaLabels labels = Outcomes.labels(outcome);
        return new SlaOutcome(
                key.scoped(),
                outcome.hashCode(),
                outcome.getSettledAt().toEpochMilli(),
                position,
                labels.instance(),
                labels.model(),
                labels.tenant(),
                labels.priority(),
                state(Outcomes.sample(outcome)),
                outcome.getServiceTier(),
                Outcomes.deadlineMillis(outcome),
                predicted(outcome));
    }

    private static long predicted(RequestOutcome outcome) {
        Integer tokens = outcome.getPredictedOutputTokens();
        return tokens == null ? 0 : Math.max(0, tokens);
    }

    private static SlaSampleState state(SlaSample sample) {
        LatencyMeasures latencies = sample.latencies();
        SloTarget target = sample.target();
        return new SlaSampleState(
                sample.outcome().wireName(),
                latencies.queueWaitMillis(),
                latencies.ttftMillis(),
                latencies.tpotMillis(),
                latencies.e2eMillis(),
                target.ttftMillis(),
                target.tpotMillis(),
                target.e2eMillis(),
                sample.tokens().input(),
                sample.tokens().output());
    }
}
