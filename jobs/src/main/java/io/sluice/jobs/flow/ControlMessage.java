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
 * @param policies policies to change, or null
 */
public record ControlMessage(
        Kind kind,
        @Nullable RequestKey target,
        @Nullable String instanceId,
        int priority,
        String reason,
        @Nullable PolicyChange policies) {

    /** What concerns a request or an instance. */
    public ControlMessage(
            Kind kind,
            @Nullable RequestKey target,
            @Nullable String instanceId,
            int priority,
            String reason) {
        this(kind, target, instanceId, priority, reason, null);
    }

    /** Other policies are wanted. */
    public static ControlMessage policies(PolicyChange change) {
        return new ControlMessage(Kind.POLICY, null, null, 0, change.reason(), change);
    }

    /** What is wanted. */
    public enum Kind {
        /** Cancel the target. */
        CANCEL,
        /** Give the target another priority. */
        REPRIORITISE,
        /** The instance shall take no more work. */
        DRAIN,
        /** The instance shall take work again. */
        UNDRAIN,
        /** Router and lanes shall decide by other policies. */
        POLICY,
        /** Concerns the SLA job, which reads it for itself. */
        OBJECTIVE
    }
}
