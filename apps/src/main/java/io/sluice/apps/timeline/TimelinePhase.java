package io.sluice.apps.timeline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of a request's life, and why it took as long as it did.
 *
 * @param kind what it was in
 * @param from when that began
 * @param to when it ended, or null while it lasts
 * @param instanceId instance concerned, or null
 * @param attempt attempt concerned, 0 if none
 * @param why what happened meanwhile, in words
 */
public record TimelinePhase(
        Kind kind,
        Instant from,
        @Nullable Instant to,
        @Nullable String instanceId,
        int attempt,
        String why) {

    /** What a request can be in. */
    public enum Kind {
        /** Read by the job, not given to a lane yet. */
        ROUTING,
        /** Waiting for others of its workflow. */
        GATE,
        /** Waiting for an instance that would take it. */
        NO_INSTANCE,
        /** Waiting in a lane. */
        QUEUE,
        /** Sent, not yet accepted by the worker. */
        DELIVERY,
        /** At the engine, before its first token. */
        PREFILL,
        /** At the engine, after its first token. */
        DECODE,
        /** Let go of by a worker or a lane, not given to a lane again yet. */
        REROUTING,
        /** Ended; its outcome is not committed yet. */
        COMMIT;

        /** Whether the request waits in it: it is not at an engine, and has not ended. */
        public boolean isWait() {
            return switch (this) {
                case ROUTING, GATE, NO_INSTANCE, QUEUE, DELIVERY, REROUTING -> true;
                case PREFILL, DECODE, COMMIT -> false;
            };
        }
    }

    /** How long it lasted, or has lasted so far; never negative, whatever the clocks say. */
    public Duration length(Instant now) {
        Duration length = Duration.between(from, to == null ? now : to);
        return length.isNegative() ? Duration.ZERO : length;
    }

    TimelinePhase until(Instant end) {
        return new TimelinePhase(kind, from, end, instanceId, attempt, why);
    }

    TimelinePhase because(String reason) {
        return new TimelinePhase(kind, from, to, instanceId, attempt, reason);
    }
}
