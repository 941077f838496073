package io.sluice.jobs.state;

import io.sluice.core.kernel.LaneEntry;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * One request that a lane owns, under its key. {@code runInstance} is null while it waits; {@code
 * request} is null for an adopted run.
 */
public record LaneEntryState(
        int attempt,
        @Nullable RequestState request,
        int passes,
        @Nullable String runInstance,
        long runIncarnation,
        long runCommandEpoch,
        long runSentAtMillis,
        long runReservedTokens,
        boolean runStopSent) {

    /** The state form of an entry. */
    public static LaneEntryState of(LaneEntry entry) {
        LaneEntry.Run run = entry.run();
        return new LaneEntryState(
                entry.attempt(),
                entry.request() == null ? null : RequestState.of(entry.request()),
                entry.passes(),
                run == null ? null : run.instanceId(),
                run == null ? 0 : run.incarnation(),
                run == null ? 0 : run.commandEpoch(),
                run == null ? 0 : run.sentAtMillis(),
                run == null ? 0 : run.reservedTokens(),
                run != null && run.stopSent());
    }

    /** The entry of that key. */
    public LaneEntry toCore(RequestKey key) {
        LaneEntry.Run run =
                runInstance == null
                        ? null
                        : new LaneEntry.Run(
                                runInstance,
                                runIncarnation,
                                runCommandEpoch,
                                runSentAtMillis,
                                runReservedTokens,
                                runStopSent);
        return new LaneEntry(
                key, attempt, request == null ? null : request.toCore(key), run, passes);
    }
}
