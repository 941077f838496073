package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.GateNode;
import io.sluice.core.kernel.GateStore;
import io.sluice.jobs.state.GateNodeState;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.FlinkRuntimeException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The requests of the workflow whose key is current, one map entry each. */
final class FlinkGateStore implements GateStore {

    private final MapState<String, GateNodeState> nodes;

    FlinkGateStore(MapState<String, GateNodeState> nodes) {
        this.nodes = nodes;
    }

    @Override
    public @Nullable GateNode get(String requestId) {
        try {
            GateNodeState state = nodes.get(requestId);
            return state == null ? null : state.toCore(requestId);
        } catch (Exception e) {
            throw inaccessible(e);
        }
    }

    @Override
    public void put(GateNode node) {
        try {
            nodes.put(node.requestId(), GateNodeState.of(node));
        } catch (Exception e) {
            throw inaccessible(e);
        }
    }

    @Override
    public void remove(String requestId) {
        try {
            nodes.remove(requestId);
        } catch (Exception e) {
            throw inaccessible(e);
        }
    }

    @Override
    public Iterable<GateNode> all() {
        try {
            List<GateNode> all = new ArrayList<>();
            for (Map.Entry<String, GateNodeState> entry : nodes.entries()) {
                all.add(entry.getValue().toCore(entry.getKey()));
            }
            return all;
        } catch (Exception e) {
            throw inaccessible(e);
        }
    }

    private static FlinkRuntimeException inaccessible(Exception e) {
        return new FlinkRuntimeException("cannot access the requests of a workflow", e);
    }
}
