package io.sluice.core.kernel;

import io.sluice.core.kernel.GateNode.Phase;
import io.sluice.core.model.Dependency;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps the critical paths of a workflow while one event has its effects: of each request the
 * longest chain of those that wait for it. A chain that comes lengthens what lies above it at once.
 * What a chain that goes leaves is looked for when all else has happened: of many that go together
 * it is looked for once, and only where the one that has gone was the longest.
 */
final class GatePaths {

    private final GateStore workflow;
    private final Chains gone = new Chains();

    /** What the router knows or is about to be told, of requests whose path may have changed. */
    private final Map<String, Long> told = new LinkedHashMap<>();

    GatePaths(GateStore workflow) {
        this.workflow = workflow;
    }

    /** A request waits from now on for those that hold it back. */
    void joined(GateNode waiting) {
        Chains longer = new Chains();
        longer.addAbove(waiting);
        for (Chain next = longer.poll(); next != null; next = longer.poll()) {
            GateNode node = workflow.get(next.requestId());
            if (node != null && !node.hasEnded() && node.criticalPathMillis() < next.millis()) {
                longer.addAbove(change(node, next.millis()));
            }
        }
    }

    /** A request waits for nobody any more. */
    void left(GateNode node) {
        gone.addAbove(node);
    }

    /** A request does not wait for this other one any more. */
    void left(GateNode node, GateNode other) {
        gone.add(other.requestId(), Chains.from(node));
    }

    /** The path to tell of a request that is let through, in milliseconds. */
    long tell(GateNode passed) {
        long millis = rounded(passed);
        told.put(passed.requestId(), millis);
        return millis;
    }

    /** The event has had its effects: tells of each request let through whose path is another. */
    void settle(Consumer<GateEffect> effects) {
        for (Chain next = gone.poll(); next != null; next = gone.poll()) {
            shorten(next);
        }
        told.forEach(
                (requestId, before) -> {
                    GateNode node = workflow.get(requestId);
                    if (node != null && node.phase() == Phase.PASSED && rounded(node) != before) {
                        effects.accept(new GateEffect.PathChanged(requestId, rounded(node)));
                    }
                });
        told.clear();
    }

    private void shorten(Chain lost) {
        GateNode node = workflow.get(lost.requestId());
        if (node == null || node.hasEnded() || node.criticalPathMillis() > lost.millis()) {
            return;
        }
        double left = longestBelow(node);
        if (left < node.criticalPathMillis()) {
            gone.addAbove(node);
            change(node, left);
        }
    }

    /** Looks no further than to a chain as long as the one that has gone. */
    private double longestBelow(GateNode node) {
        double longest = 0;
        for (String id : node.dependants()) {
            if (longest >= node.criticalPathMillis()) {
                break;
            }
            GateNode dependant = workflow.get(id);
            if (dependant != null && dependant.waitsFor(node.requestId())) {
                longest = Math.max(longest, Chains.from(dependant));
            }
        }
        return longest;
    }

    private GateNode change(GateNode node, double millis) {
        if (node.phase() == Phase.PASSED) {
            told.putIfAbsent(node.requestId(), rounded(node));
        }
        GateNode changed = node.withCriticalPath(millis);
        workflow.put(changed);
        return changed;
    }

    private static long rounded(GateNode node) {
        return Math.round(node.criticalPathMillis());
    }

    /** So many predicted milliseconds wait, or waited, for a request. */
    private record Chain(String requestId, double millis) {}

    /** Requests to look at, first come first; of several chains for one the longest counts. */
    private static final class Chains {

        private final Map<String, Double> longest = new LinkedHashMap<>();

        static double from(GateNode node) {
            return node.serviceMillis() + node.criticalPathMillis();
        }

        void add(String requestId, double millis) {
            longest.merge(requestId, millis, Math::max);
        }

        /** The chain that begins with a request, for all that hold it back. */
        void addAbove(GateNode node) {
            for (Dependency edge : node.holding()) {
                add(edge.requestId(), from(node));
            }
        }

        @Nullable Chain poll() {
            Iterator<Map.Entry<String, Double>> first = longest.entrySet().iterator();
            if (!first.hasNext()) {
                return null;
            }
            Map.Entry<String, Double> next = first.next();
            Chain chain = new Chain(next.getKey(), next.getValue());
            first.remove();
            return chain;
        }
    }
}
