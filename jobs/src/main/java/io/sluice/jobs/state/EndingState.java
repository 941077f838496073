package io.sluice.jobs.state;

import io.sluice.core.kernel.Ending;
import io.sluice.core.model.Outcome;

import org.jspecify.annotations.Nullable;

/**
 * How a request has ended that has not been read.
 *
 * @param outcome the constant's name
 * @param code machine-readable error, or null
 * @param message for people, or null
 */
public record EndingState(String outcome, @Nullable String code, @Nullable String message) {

    /** The state form. */
    public static EndingState of(Ending ending) {
        return new EndingState(ending.outcome().name(), ending.code(), ending.message());
    }

    /** The kernel's form. */
    public Ending toCore() {
        return new Ending(Outcome.valueOf(outcome), code, message, false);
    }
}
