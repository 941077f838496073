package io.sluice.jobs.scheduling;

import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.state.EncodedOutcome;

import java.io.Serializable;

/** Turns an outcome into the bytes of its record. */
@FunctionalInterface
public interface OutcomeEncoder extends Serializable {

    /**
     * Encodes an outcome.
     *
     * @param checkpointId checkpoint that was the last one begun when it was settled
     */
    EncodedOutcome encode(SettledRequest settled, long checkpointId);
}
