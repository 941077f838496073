package io.sluice.jobs.flow;

import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * What an operator or client wants changed.
 *
 * @param kind what
 * @param target request, or null
 * @param instanceId instance, or null
 * @param priority new priority
 * @param reason why, never blank
 */
public record ControlMessage(
        Kind kind,
        @Nullable RequestKey target,
        @Nullable String instanceId,
        int priority,
        String reason) {

    /** What is wanted. */
    public enum Kind {
        /** Cancel the target. */
        CANCEL,
        /** Give the target another priority. */
        REPRIORITISE,
        /** The instance shall take no more work. */
        DRAIN,
        /** The instance shall take work again. */
        UNDRAIN
    }
}
