package io.sluice.jobs.state;

/**
 * What happened in a stretch of log time at one instance, or in the fleet; see {@code CauseFacts}
 * of the core.
 *
 * @param heartbeatMillis when the newest heartbeat was appended; {@link Long#MIN_VALUE} if there
 *     was none
 * @param incarnation incarnation that it was of
 * @param draining whether that takes no new work
 * @param waits accepted requests that say how long they had waited
 * @param waitMillis milliseconds they had waited, in all
 * @param lags accepted requests that say when they were sent
 * @param lagMillis milliseconds they were under way, in all
 * @param ended requests that ended
 * @param expired those that expired waiting
 * @param predicted completed ones whose output had been predicted
 * @param predictedTokens output tokens predicted for those
 * @param actualTokens output tokens of those
 */
public record CauseFactsState(
        long heartbeatMillis,
        long incarnation,
        boolean draining,
        long waits,
        long waitMillis,
        long lags,
        long lagMillis,
        long ended,
        long expired,
        long predicted,
        long predictedTokens,
        long actualTokens) {}
