package io.sluice.core.kernel;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** A gate's store on the heap, for simulations and tests. */
public final class HeapGateStore implements GateStore {

    private final Map<String, GateNode> nodes = new HashMap<>();

    @Override
    public @Nullable GateNode get(String requestId) {
        return nodes.get(requestId);
    }

    @Override
    public void put(GateNode node) {
        nodes.put(node.requestId(), node);
    }

    @Override
    public void remove(String requestId) {
        nodes.remove(requestId);
    }

    @Override
    public Iterable<GateNode> all() {
        return nodes.values();
    }

    /** A copy that later changes do not touch: what a checkpoint would hold. */
    public HeapGateStore copy() {
        HeapGateStore copy = new HeapGateStore();
        copy.nodes.putAll(nodes);
        return copy;
    }

    /** How many requests it knows. */
    public int size() {
        return nodes.size();
    }
}
