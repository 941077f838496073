package io.sluice.sim.worker;

import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;

/**
 * The id by which a worker tells a repeated command: the epoch does not belong to it, since a
 * restored lane may send the same attempt again.
 *
 * @param key the request
 * @param attempt its attempt
 */
public record DispatchId(RequestKey key, int attempt) {

    /** The id of a run. */
    public static DispatchId of(RunId run) {
        return new DispatchId(run.key(), run.attempt());
    }

    /** {@code request/attempt}. */
    @Override
    public String toString() {
        return key + "/" + attempt;
    }
}
