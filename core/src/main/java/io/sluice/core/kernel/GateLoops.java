package io.sluice.core.kernel;

import io.sluice.core.model.Dependency;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds requests of one workflow that would wait for themselves. */
final class GateLoops {

    private final GateStore workflow;

    GateLoops(GateStore workflow) {
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
}
