package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/** Why a lane lets go of a request. */
public enum ReleaseReason {
    /** The instance takes no more work; the request was still queued. */
    DRAINING(Kind.MOVE, true),
    /** The instance is dead; the request was still queued. */
    INSTANCE_DEAD(Kind.MOVE, true),
    /** The worker has given back what it had accepted. */
    GIVEN_BACK(Kind.MOVE, false),
    /** Its run was interrupted for another; it goes on where it was. */
    PREEMPTED(Kind.MOVE, false),
    /** The worker did not take the command. */
    REFUSED(Kind.RETRY, false),
    /** The request was sent to a worker that died, or that does not know it. */
    LOST(Kind.RETRY, false),
    /** The run failed. */
    FAILED(Kind.RETRY, false),
    /** Its time ran out while queued. */
    EXPIRED(Outcome.EVICTED_TTL, true),
    /** It was cancelled while queued. */
    CANCELLED(Outcome.EVICTED_CONTEXT_CANCELLED, true),
    /** It was cancelled while it ran, and its worker has stopped the run. */
    STOPPED(Outcome.EVICTED_CONTEXT_CANCELLED, false),
    /** It made room for a more important request. */
    EVICTED_PRIORITY(Outcome.EVICTED_PRIORITY, true),
    /** A queue limit was reached. */
    REJECTED_CAPACITY(Outcome.REJECTED_CAPACITY, false),
    /** This instance can never hold it. */
    REJECTED_TOO_LONG(Kind.MOVE, false),
    /** Its deadline cannot be met. */
    REJECTED_DEADLINE(Outcome.REJECTED_DEADLINE, false);

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
    private final boolean queued;

    ReleaseReason(Kind kind, boolean queued) {
        this.kind = kind;
        this.outcome = null;
        this.queued = queued;
    }

    ReleaseReason(Outcome outcome, boolean queued) {
        this.kind = Kind.CLOSE;
        this.outcome = outcome;
        this.queued = queued;
    }

    /** What the router does with a request released for this reason. */
    public Kind kind() {
        return kind;
    }

    /** How a request ends that is released for this reason; null if it does not end. */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    /** Whether a request released for this reason had been sent to a worker. */
    public boolean isOfRun() {
        return switch (this) {
            case GIVEN_BACK, PREEMPTED, REFUSED, LOST, FAILED, STOPPED -> true;
            case DRAINING,
                    INSTANCE_DEAD,
                    EXPIRED,
                    CANCELLED,
                    EVICTED_PRIORITY,
                    REJECTED_CAPACITY,
                    REJECTED_TOO_LONG,
                    REJECTED_DEADLINE ->
                    false;
        };
    }

    /**
     * Whether a request released for this reason had been waiting until then: not if it had been
     * sent to a worker, and not if the lane would not take it in.
     */
    public boolean isOfQueued() {
        return queued;
    }
}
