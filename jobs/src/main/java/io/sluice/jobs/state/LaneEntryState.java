package io.sluice.jobs.state;

import io.sluice.core.kernel.LaneEntry;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * One request that a lane owns. {@code runInstance} is null while it waits; {@code request} is null
 * for an adopted run.
 */
public record LaneEntryState(
        String tenant,
        String requestId,
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
                entry.key().tenant(),
                entry.key().requestId(),
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

    /** The entry. */
    public LaneEntry toCore() {
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
                new RequestKey(tenant, requestId),
                attempt,
                request == null ? null : request.toCore(),
                run,
                passes);
    }
}
