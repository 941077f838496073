package io.sluice.sim.protocol;

import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The roads that lead from one subtask to the routers and lanes that it feeds. */
final class Edges {

    private final List<Channel> routes = new ArrayList<>();
    private final List<Channel> lanes = new ArrayList<>();
    private @Nullable Channel gate;
    private @Nullable Channel policies;

    static Edges between(
            World world, List<? extends Task> routeTasks, List<? extends Task> laneTasks) {
        Edges edges = new Edges();
        routeTasks.forEach(task -> edges.routes.add(new Channel(world, task)));
        laneTasks.forEach(task -> edges.lanes.add(new Channel(world, task)));
        return edges;
    }

    /** Roads on which no barriers travel. */
    static Edges besides(
            World world, List<? extends Task> routeTasks, List<? extends Task> laneTasks) {
        Edges edges = new Edges();
        routeTasks.forEach(task -> edges.routes.add(Channel.besides(world, task)));
        laneTasks.forEach(task -> edges.lanes.add(Channel.besides(world, task)));
        return edges;
    }

    void toRoute(RequestKey key, Message message) {
        routes.get(Math.floorMod(key.hashCode(), routes.size())).send(message);
    }

    /** The same, with a road to the gate. */
    Edges and(World world, GateTask task) {
        gate = new Channel(world, task);
        return this;
    }

    void toGate(Message message) {
        if (gate != null) {
            gate.send(message);
        }
    }

    /** The same, with a road to the policies. */
    Edges and(World world, PolicyTask task) {
        policies = new Channel(world, task);
        return this;
    }

    void toPolicies(Message message) {
        if (policies != null) {
            policies.send(message);
        }
    }

    void toAllRoutes(Message message) {
        routes.forEach(channel -> channel.send(message));
    }

    void toLane(String instanceId, Message message) {
        lanes.get(Math.floorMod(instanceId.hashCode(), lanes.size())).send(message);
    }

    void toAllLanes(Message message) {
        lanes.forEach(channel -> channel.send(message));
    }

    void toAll(Message message) {
        toAllRoutes(message);
        toAllLanes(message);
        toGate(message);
        toPolicies(message);
    }
}
