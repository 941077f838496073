package io.sluice.core.policy;

import io.sluice.core.model.ReleaseReason;

import org.jspecify.annotations.Nullable;

/**
 * Why a lane does not take a request.
 *
 * @param reason what becomes of it
 * @param code machine-readable, or null where the reason says it all
 * @param message for people: names the limit and the value that broke it
 */
public record Refusal(ReleaseReason reason, @Nullable String code, String message) {

    /** A refusal of which the reason says it all. */
    public Refusal(ReleaseReason reason, String message) {
        this(reason, null, message);
    }
}
