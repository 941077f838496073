package io.sluice.core.kernel;

import io.sluice.core.model.Outcome;

import org.jspecify.annotations.Nullable;

/**
 * What an earlier stage thinks should become of a request. Only the router acts on it, after
 * deduplication, so that a bad duplicate cannot close the running original.
 *
 * @param outcome how it should end
 * @param code machine-readable error, or null
 * @param message for people: what is wrong with it
 * @param ofTheMoment whether it depends on what else had been read when it was reached. Then an
 *     earlier job attempt may have come to another, and the request may run: the router does not
 *     act on it before it knows what runs
 */
public record Verdict(Outcome outcome, @Nullable String code, String message, boolean ofTheMoment) {

    /** A verdict on the request alone, which every reading of it comes to. */
    public Verdict(Outcome outcome, String message) {
        this(outcome, null, message, false);
    }
}
