package io.sluice.sim.engine;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * Runs that were interrupted from outside: takes them out of the batch, and has what is left of
 * them ready when they come back.
 */
final class Interruptions {
    private final Evictions evictions;
    private final BatchState state;
    private final Map<String, Sequence> parked = new HashMap<>();

    Interruptions(Evictions evictions, BatchState state) {
        this.evictions = evictions;
        this.state = state;
    }

    /** Takes a request out, wherever it is. */
    Interruption interrupt(Sequence sequence) {
        if (state.dropWaiting(sequence)) {
            parked.put(sequence.id(), sequence);
        } else {
            state.leave(sequence);
            evictions.evict(sequence);
            parked.put(sequence.id(), sequence);
        }
        int held = sequence.kept ? sequence.computed : 0;
        return new Interruption(sequence.id(), sequence.emitted, held);
    }

    /** What was set aside of a request that comes back, or null if nothing was. */
    @Nullable Sequence resume(EngineRequest request) {
        Sequence sequence = parked.remove(request.id());
        if (sequence == null || !sequence.request.equals(request)) {
            return null;
        }
        return sequence;
    }

    /** Forgets a request that will not come back. */
    @Nullable Sequence forget(String id) {
        return parked.remove(id);
    }
}
