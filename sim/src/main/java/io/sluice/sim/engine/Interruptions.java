package io.sluice.sim.engine;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * Runs that were interrupted from outside: takes them out of the batch, keeps what the {@link
 * KvRetention} says, and has it ready when they come back.
 */
final class Interruptions {
    private final EngineProfile profile;
    private final KvRetention retention;
    private final BatchState state;
    private final KvMemory memory;
    private final EngineMeters meters;
    private final Map<String, Sequence> parked = new HashMap<>();

    Interruptions(
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

    /** Takes a request out, wherever it is. */
    Interruption interrupt(Sequence sequence) {
        if (state.dropWaiting(sequence)) {
            parked.put(sequence.id(), sequence);
        } else {
            state.leave(sequence);
            meters.preemptions++;
            setAside(sequence);
            parked.put(sequence.id(), sequence);
        }
        int held = sequence.kept ? sequence.computed : 0;
        return new Interruption(sequence.id(), sequence.emitted, held);
    }

    private void setAside(Sequence sequence) {
        boolean swaps = swaps(sequence.computed);
        if (swaps || retention == KvRetention.FREE) {
            sequence.kept = true;
            state.transferPicos += swaps ? profile.transfer().savePicos() * sequence.computed : 0;
            memory.release(sequence);
        } else {
            memory.preempt(sequence);
            sequence.restart();
        }
    }

    /** What was set aside of a request that comes back, or null if nothing was. */
    @Nullable Sequence resume(EngineRequest request) {
        Sequence sequence = parked.remove(request.id());
        if (sequence == null || !sequence.request.equals(request)) {
            return null;
        }
        if (sequence.kept && retention != KvRetention.FREE) {
            state.transferPicos += profile.transfer().loadPicos() * sequence.computed;
        }
        return sequence;
    }

    /** Forgets a request that will not come back. */
    @Nullable Sequence forget(String id) {
        return parked.remove(id);
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
