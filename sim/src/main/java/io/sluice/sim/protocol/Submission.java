package io.sluice.sim.protocol;

import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A request as a client submits it.
 *
 * @param key identity
 * @param priority higher is more important
 * @param inputTokens length of its prompt
 * @param lifetimeMillis time to live from its submission, negative for ever
 * @param hasDeadline whether it must have ended by then, not just started
 * @param pinnedInstance instance that it must run on, or null
 * @param isInvalid whether decoding finds it to make no sense
 * @param waitFor those of its workflow that come before it; null if it belongs to no workflow
 */
record Submission(
        RequestKey key,
        int priority,
        int inputTokens,
        long lifetimeMillis,
        boolean hasDeadline,
        @Nullable String pinnedInstance,
        boolean isInvalid,
        @Nullable List<Dependency> waitFor) {

    static final long FOR_EVER = -1;

    /** Of a prompt that fits everywhere. */
    static final int SHORTEST_TOKENS = 20;

    private static final String WORKFLOW = "w";
    private static final int MAX_TOKENS = 20;
    private static final Verdict INVALID = new Verdict(Outcome.REJECTED_INVALID, "makes no sense");

    Submission {
        waitFor = waitFor == null ? null : List.copyOf(waitFor);
    }

    /** A request that waits as long as it must, with a short prompt. */
    static Submission patient(RequestKey key, @Nullable List<Dependency> waitFor) {
        return new Submission(key, 0, SHORTEST_TOKENS, FOR_EVER, false, null, false, waitFor);
    }

    /** A request that waits no longer than that to be started, with a short prompt. */
    static Submission hurried(RequestKey key, long lifetimeMillis) {
        return new Submission(key, 0, SHORTEST_TOKENS, lifetimeMillis, false, null, false, null);
    }

    /** What it names as coming before it. */
    List<Dependency> edges() {
        return waitFor == null ? List.of() : waitFor;
    }

    /** What decoding thinks of it, or null. */
    @Nullable Verdict verdict() {
        return isInvalid ? INVALID : null;
    }

    /** The request, submitted at a time. */
    PendingRequest request(long submittedMillis) {
        long expires = lifetimeMillis < 0 ? PendingRequest.NEVER : submittedMillis + lifetimeMillis;
        return new PendingRequest(
                key,
                "m",
                priority,
                submittedMillis,
                expires,
                hasDeadline ? expires : PendingRequest.NEVER,
                inputTokens,
                MAX_TOKENS,
                0,
                SloTarget.NONE,
                null,
                pinnedInstance,
                passengers(submittedMillis));
    }

    private Passengers passengers(long submittedMillis) {
        String workflow = waitFor == null ? null : WORKFLOW;
        return new Passengers(
                submittedMillis, 0, workflow, null, null, false, null, null, BlockHashes.NONE);
    }
}
