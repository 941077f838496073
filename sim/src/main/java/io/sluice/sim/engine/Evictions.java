package io.sluice.sim.engine;

/**
 * What becomes of the keys and values of a request that leaves the batch before its end, and what
 * that costs: they are dropped and computed again, or copied to the host and back.
 */
final class Evictions {
    private final EngineProfile profile;
    private final KvRetention retention;
    private final BatchState state;
    private final KvMemory memory;
    private final EngineMeters meters;

    Evictions(
            EngineProfile profile,
            KvRetention retention,
            BatchState state,
            KvMemory memory,
            EngineMeters meters) {
        this.profile = profile;
        this.retention = retention;
        this.state = state;
        this.memory = memory;
        this.meters = meters;
    }

    /** Takes the memory of a request. The next step waits for what is copied. */
    void evict(Sequence sequence) {
        meters.preemptions++;
        boolean swaps = swaps(sequence.computed);
        if (swaps || retention == KvRetention.FREE) {
            KvTransfer transfer = profile.transfer();
            sequence.kept = true;
            sequence.reloadPicos = swaps ? transfer.loadPicos() * sequence.computed : 0;
            state.transferPicos += swaps ? transfer.savePicos() * sequence.computed : 0;
            memory.release(sequence);
        } else {
            memory.preempt(sequence);
            sequence.restart();
        }
    }

    private boolean swaps(int tokens) {
        if (retention != KvRetention.CHEAPER) {
            return retention == KvRetention.SWAP;
        }
        KvTransfer transfer = profile.transfer();
        long bothWays = (transfer.savePicos() + transfer.loadPicos()) * tokens;
        long again = profile.cost().stepPicos(StepLoad.prefill(tokens, tokens));
        return bothWays > 0 && bothWays < again;
    }
}
