package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/** Why a lane lets go of a request. */
public enum ReleaseReason {
    /** The instance takes no more work; the request was still queued. */
    DRAINING(Kind.MOVE),
    /** The instance is dead; the request was still queued. */
    INSTANCE_DEAD(Kind.MOVE),
    /** The worker has given back what it had accepted. */
    GIVEN_BACK(Kind.MOVE),
    /** The worker did not take the command. */
    REFUSED(Kind.RETRY),
    /** The request was sent to a worker that died, or that does not know it. */
    LOST(Kind.RETRY),
    /** The run failed. */
    FAILED(Kind.RETRY),
    /** Its time ran out while queued. */
    EXPIRED(Outcome.EVICTED_TTL),
    /** It was cancelled. */
    CANCELLED(Outcome.EVICTED_CONTEXT_CANCELLED),
    /** It made room for a more important request. */
    EVICTED_PRIORITY(Outcome.EVICTED_PRIORITY),
    /** A queue limit was reached. */
    REJECTED_CAPACITY(Outcome.REJECTED_CAPACITY),
    /** This instance can never hold it. */
    REJECTED_TOO_LONG(Kind.MOVE),
    /** Its deadline cannot be met. */
    REJECTED_DEADLINE(Outcome.REJECTED_DEADLINE);

    /** What the router does with a released request. */
    public enum Kind {
        /** Assign it again; nothing was lost. */
        MOVE,
        /** Assign it again, counting a failure. */
        RETRY,
        /** Close it. */
        CLOSE
    }

    private final Kind kind;
    private final @Nullable Outcome outcome;

    ReleaseReason(Kind kind) {
        this.kind = kind;
        this.outcome = null;
    }

    ReleaseReason(Outcome outcome) {
        this.kind = Kind.CLOSE;
        this.outcome = outcome;
    }

    /** What the router does with a request released for this reason. */
    public Kind kind() {
        return kind;
    }

    /** How a request ends that is released for this reason; null if it does not end. */
    public @Nullable Outcome outcome() {
        return outcome;
    }
}
