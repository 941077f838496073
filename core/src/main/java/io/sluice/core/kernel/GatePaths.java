package io.sluice.core.kernel;

import io.sluice.core.model.Dependency;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks along the edges of one workflow. */
final class GatePaths {

    /** A chain is looked for among so many requests; a workflow with more is wide anyway. */
    private static final int MOST_VISITED = 1_000;

    private final GateStore workflow;

    GatePaths(GateStore workflow) {
        this.workflow = workflow;
    }

    /**
     * The way from a request that would wait for some others back to itself: its id first and last,
     * each waiting for the next. Null if there is none.
     */
    @Nullable List<String> loop(String requestId, List<Dependency> holding) {
        Map<String, String> reachedFrom = new HashMap<>();
        Deque<String> toVisit = new ArrayDeque<>();
        reach(requestId, holding, reachedFrom, toVisit);
        while (!toVisit.isEmpty() && !reachedFrom.containsKey(requestId)) {
            String id = toVisit.poll();
            GateNode node = workflow.get(id);
            if (node != null && node.phase() == GateNode.Phase.WAITING) {
                reach(id, node.holding(), reachedFrom, toVisit);
            }
        }
        return reachedFrom.containsKey(requestId) ? way(requestId, reachedFrom) : null;
    }

    private static void reach(
            String from,
            List<Dependency> edges,
            Map<String, String> reachedFrom,
            Deque<String> toVisit) {
        for (Dependency edge : edges) {
            if (reachedFrom.putIfAbsent(edge.requestId(), from) == null) {
                toVisit.add(edge.requestId());
            }
        }
    }

    private static List<String> way(String requestId, Map<String, String> reachedFrom) {
        List<String> way = new ArrayList<>();
        way.add(requestId);
        for (String id = reachedFrom.get(requestId);
                id != null && !id.equals(requestId);
                id = reachedFrom.get(id)) {
            way.add(id);
        }
        way.add(requestId);
        Collections.reverse(way);
        return way;
    }

    /**
     * Predicted milliseconds of the longest chain of requests that wait for this one, it not
     * included.
     */
    long longestBelow(GateNode node) {
        Map<String, Double> below = new LinkedHashMap<>();
        Deque<GateNode> path = new ArrayDeque<>();
        path.push(node);
        while (!path.isEmpty()) {
            GateNode top = path.peek();
            GateNode next = below.size() < MOST_VISITED ? unvisited(top, below) : null;
            if (next != null) {
                below.put(next.requestId(), 0.0);
                path.push(next);
            } else {
                below.put(top.requestId(), longest(top, below));
                path.pop();
            }
        }
        return Math.round(below.getOrDefault(node.requestId(), 0.0));
    }

    private @Nullable GateNode unvisited(GateNode node, Map<String, Double> below) {
        for (String id : node.dependants()) {
            GateNode dependant = below.containsKey(id) ? null : workflow.get(id);
            if (dependant != null && dependant.waitsFor(node.requestId())) {
                return dependant;
            }
        }
        return null;
    }

    private double longest(GateNode node, Map<String, Double> below) {
        double longest = 0;
        for (String id : node.dependants()) {
            GateNode dependant = below.containsKey(id) ? workflow.get(id) : null;
            if (dependant != null && dependant.waitsFor(node.requestId())) {
                longest =
                        Math.max(longest, dependant.serviceMillis() + below.getOrDefault(id, 0.0));
            }
        }
        return longest;
    }
}
