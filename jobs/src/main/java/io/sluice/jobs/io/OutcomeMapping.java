package io.sluice.jobs.io;

import io.sluice.core.model.RequestKey;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaSampleState;
import io.sluice.schemas.avro.RequestOutcome;

import org.jspecify.annotations.Nullable;

/** From the outcome on the topic to the part of it that aggregation needs. */
final class OutcomeMapping implements RecordMapping<RequestOutcome, SlaOutcome> {
    private static final long serialVersionUID = 1L;

    @Override
    public SlaOutcome map(RequestOutcome outcome, LogPosition position) {
        LongTexts.refuse(outcome);
        RequestKey key = new RequestKey(outcome.getFairnessId(), outcome.getRequestId());
        return new SlaOutcome(
                key.scoped(),
                outcome.hashCode(),
                outcome.getSettledAt().toEpochMilli(),
                position,
                outcome.getInstanceId(),
                outcome.getModel(),
                outcome.getFairnessId(),
                outcome.getPriority(),
                sample(outcome));
    }

    private static SlaSampleState sample(RequestOutcome outcome) {
        return new SlaSampleState(
                outcome.getOutcome().name(),
                measured(outcome.getQueueWaitMs()),
                measured(outcome.getTtftMs()),
                measured(outcome.getTpotMs()),
                measured(outcome.getE2eMs()),
                target(outcome.getSloTtftMs()),
                target(outcome.getSloTpotMs()),
                target(outcome.getSloE2eMs()),
                tokens(outcome.getInputTokens()),
                tokens(outcome.getOutputTokens()));
    }

    private static double measured(@Nullable Number millis) {
        return millis == null ? Double.NaN : millis.doubleValue();
    }

    /**
     * An outcome repeats what its request said. A target that is none was the reason for its
     * rejection, not a target.
     */
    private static double target(@Nullable Double millis) {
        boolean usable = millis != null && millis > 0 && !Double.isInfinite(millis);
        return usable ? millis : Double.NaN;
    }

    /** Likewise, a negative length is that of a request rejected for it. */
    private static long tokens(@Nullable Integer count) {
        return count == null ? 0 : Math.max(0, count);
    }
}
