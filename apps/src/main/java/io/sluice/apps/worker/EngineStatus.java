package io.sluice.apps.worker;

/**
 * How an engine is doing, as heartbeats tell it.
 *
 * @param running sequences that hold a slot
 * @param waiting accepted requests that wait for one
 * @param freeKvTokens tokens of the KV cache that nobody holds
 * @param busyMillis time with at least one sequence running, since the incarnation began
 * @param idleWhileQueuedMillis time lost for want of work that the lane had, since then
 */
record EngineStatus(
        int running, int waiting, long freeKvTokens, long busyMillis, long idleWhileQueuedMillis) {}
