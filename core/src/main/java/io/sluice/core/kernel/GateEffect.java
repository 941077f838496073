package io.sluice.core.kernel;

import org.jspecify.annotations.Nullable;

/** What a gate wants done. All of it is for the router of that request. */
public sealed interface GateEffect {

    /** The request that it is about. */
    String requestId();

    /**
     * Hand the request that has just arrived to its router.
     *
     * @param waits whether the router is to hold it until it is let through or refused
     * @param verdict what should become of it at once, or null
     * @param priority its priority, or a higher one that others have asked for
     * @param criticalPathMillis as in {@link LetThrough}
     */
    record Submit(
            String requestId,
            boolean waits,
            @Nullable Verdict verdict,
            int priority,
            long criticalPathMillis)
            implements GateEffect {}

    /**
     * What the request waited for has ended well: it may run.
     *
     * @param criticalPathMillis predicted milliseconds of the longest chain of requests that wait
     *     for it, it not included; 0 if none is known
     */
    record LetThrough(String requestId, long criticalPathMillis) implements GateEffect {}

    /** The request cannot run. */
    record Refuse(String requestId, Verdict verdict) implements GateEffect {}

    /** A request that comes after it is so urgent that this one is too. */
    record Raise(String requestId, int priority) implements GateEffect {}

    /**
     * The requests that wait for one that may run, and has not ended, have become others.
     *
     * @param criticalPathMillis as in {@link LetThrough}, from now on
     */
    record PathChanged(String requestId, long criticalPathMillis) implements GateEffect {}
}
