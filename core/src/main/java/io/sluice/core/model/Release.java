package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A lane lets go of a request: to be run elsewhere, again, or not at all.
 *
 * @param key the request
 * @param attempt the attempt that ends here
 * @param fromInstance the lane
 * @param epoch job epoch in which the lane decided
 * @param reason why
 * @param retriable false when no other attempt can succeed
 * @param code machine-readable error, or null
 * @param message for people: what limit or fact was met, or null
 * @param progress what its instance still holds of an interrupted run
 * @param commandEpoch job epoch of the command that its run began with, 0 if it was never sent
 */
public record Release(
        RequestKey key,
        int attempt,
        String fromInstance,
        long epoch,
        ReleaseReason reason,
        boolean retriable,
        @Nullable String code,
        @Nullable String message,
        Progress progress,
        long commandEpoch) {

    /** A release of what was never sent. */
    public Release(
            RequestKey key,
            int attempt,
            String fromInstance,
            long epoch,
            ReleaseReason reason,
            boolean retriable,
            @Nullable String code,
            @Nullable String message) {
        this(key, attempt, fromInstance, epoch, reason, retriable, code, message, Progress.NONE, 0);
    }

    /** The same release, decided again in a later epoch. */
    public Release inEpoch(long newEpoch) {
        return new Release(
                key,
                attempt,
                fromInstance,
                newEpoch,
                reason,
                retriable,
                code,
                message,
                progress,
                commandEpoch);
    }

    /** The same release of another attempt. */
    public Release ofAttempt(int other) {
        return new Release(
                key,
                other,
                fromInstance,
                epoch,
                reason,
                retriable,
                code,
                message,
                progress,
                commandEpoch);
    }
}
