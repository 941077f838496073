package io.sluice.core.kernel;

import io.sluice.core.kernel.GateNode.Failure;
import io.sluice.core.kernel.GateNode.Phase;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.PendingRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** What one event does to one workflow, with everything that follows from it. */
final class GateTurn {

    /** The priority of the most urgent band: nothing is raised above it on behalf of others. */
    static final int MOST_URGENT = 4;

    private final GateSettings settings;
    private final GateStore workflow;
    private final Consumer<GateEffect> effects;
    private final GateLoops loops;
    private final GatePaths paths;
    private final long now;
    private final Deque<GateNode> ended = new ArrayDeque<>();
    private @Nullable String arriving;
    private long earliestWake = PendingRequest.NEVER;

    GateTurn(GateSettings settings, GateStore workflow, Consumer<GateEffect> effects, long now) {
        this.settings = settings;
        this.workflow = workflow;
        this.effects = effects;
        this.loops = new GateLoops(workflow);
        this.paths = new GatePaths(workflow);
        this.now = now;
    }

    long earliestWake() {
        return earliestWake;
    }

    void wakeAt(long millis) {
        earliestWake = Math.min(earliestWake, millis);
    }

    void arrive(GateArrival arrival) {
        GateNode known = expect(arrival.requestId());
        if (known.phase() != Phase.EXPECTED) {
            effects.accept(repeated(known, arrival));
            return;
        }
        arriving = arrival.requestId();
        GateNode node = known.arrived(arrival, settings.giveUpAt(now));
        put(node);
        for (Dependency edge : node.graded()) {
            raise(edge, node.priority());
        }
        review(current(node));
        GateNode after = current(node);
        if (after.phase() == Phase.WAITING) {
            effects.accept(new GateEffect.Submit(arriving, true, null, after.priority(), 0));
        }
        arriving = null;
        settle();
    }

    /** The router knows the request, or has known it, and decides what a repeat of it is. */
    private static GateEffect repeated(GateNode node, GateArrival arrival) {
        Verdict verdict = node.failure() == null ? null : GateFailures.repeated(node.failure());
        boolean waits = node.phase() == Phase.WAITING;
        return new GateEffect.Submit(arrival.requestId(), waits, verdict, arrival.priority(), 0);
    }

    /** The first end counts. */
    void end(GateNode node, @Nullable String outcome) {
        if (node.hasEnded()) {
            return;
        }
        if (outcome == null) {
            paths.left(node);
            put(node.completed(forgetAt()));
            ended.add(node);
        } else {
            fail(node, GateFailures.ended(node, outcome));
        }
        settle();
    }

    void wake(String requestId) {
        GateNode node = workflow.get(requestId);
        if (node == null || node.wakeMillis() > now) {
            return;
        }
        switch (node.phase()) {
            case EXPECTED -> forgetUnlessAwaited(node);
            case COMPLETED, FAILED -> workflow.remove(requestId);
            case PASSED -> fail(node, GateFailures.lost(node, settings.longestMillis()));
            case WAITING -> {
                put(node.waking(PendingRequest.NEVER));
                review(current(node));
            }
        }
        settle();
    }

    private void settle() {
        tellDependants();
        paths.settle(effects);
    }

    private void forgetUnlessAwaited(GateNode node) {
        if (node.dependants().stream().anyMatch(id -> isWaitingFor(id, node.requestId()))) {
            put(node.waking(settings.giveUpAt(now)));
        } else {
            workflow.remove(node.requestId());
        }
    }

    private boolean isWaitingFor(String requestId, String other) {
        GateNode node = workflow.get(requestId);
        return node != null && node.waitsFor(other);
    }

    private boolean hasCompleted(String requestId) {
        GateNode node = workflow.get(requestId);
        return node != null && node.phase() == Phase.COMPLETED;
    }

    /** Tells those that wait for what has ended, and so on, until nothing follows any more. */
    private void tellDependants() {
        for (GateNode node = ended.poll(); node != null; node = ended.poll()) {
            boolean well = current(node).phase() == Phase.COMPLETED;
            for (String id : node.dependants()) {
                GateNode dependant = workflow.get(id);
                if (dependant == null || !dependant.waitsFor(node.requestId())) {
                    continue;
                }
                if (well) {
                    waitNoMore(dependant, node.requestId());
                } else {
                    review(dependant);
                }
            }
        }
    }

    private void waitNoMore(GateNode dependant, String completed) {
        List<Dependency> rest =
                dependant.holding().stream()
                        .filter(edge -> !edge.requestId().equals(completed))
                        .toList();
        GateNode left = dependant.withHolding(rest);
        if (rest.isEmpty()) {
            letThrough(left);
        } else {
            put(left);
        }
    }

    /** Looks at everything that a request waits for, and decides what that makes of it. */
    private void review(GateNode node) {
        List<Dependency> holding = new ArrayList<>();
        Deque<Dependency> toLookAt = new ArrayDeque<>(node.holding());
        Set<Dependency> seen = new HashSet<>();
        for (Dependency edge = toLookAt.poll(); edge != null; edge = toLookAt.poll()) {
            if (!seen.add(edge)) {
                continue;
            }
            GateNode other = expect(edge.requestId());
            Failure failure = failureOf(other, node);
            if (failure == null) {
                if (other.phase() != Phase.COMPLETED) {
                    holding.add(edge);
                }
            } else if (edge.onFailure() == OnFailure.FAIL) {
                refuse(node, failure, edge.requestId());
                return;
            } else {
                paths.left(node, other);
                if (edge.onFailure() == OnFailure.REPLAN) {
                    inherit(other, toLookAt);
                }
            }
        }
        holdBack(node, Dependency.merged(holding));
    }

    private static void inherit(GateNode failed, Deque<Dependency> toLookAt) {
        for (Dependency edge : failed.holding()) {
            toLookAt.add(Dependency.on(edge.requestId(), OnFailure.REPLAN));
        }
    }

    /** Why a request counts as failed for one that waits for it; null if it does not. */
    private @Nullable Failure failureOf(GateNode other, GateNode waiting) {
        if (other.phase() == Phase.EXPECTED && now >= waiting.giveUpMillis()) {
            return GateFailures.unknown(other, settings.waitMillis());
        }
        return other.failure();
    }

    private void holdBack(GateNode node, List<Dependency> holding) {
        GateNode waiting = node.withHolding(holding);
        if (holding.isEmpty()) {
            letThrough(waiting);
            return;
        }
        List<String> loop = loops.loop(node.requestId(), holding);
        if (loop != null) {
            put(waiting);
            refuse(waiting, GateFailures.cycle(loop), loop.get(1));
            return;
        }
        put(waiting);
        for (Dependency edge : holding) {
            if (!await(edge.requestId(), node.requestId())) {
                refuse(
                        waiting,
                        GateFailures.tooMany(edge.requestId(), settings.mostDependants()),
                        edge.requestId());
                return;
            }
        }
        paths.joined(waiting);
    }

    /** Notes that one waits for another, unless too many do. */
    private boolean await(String awaitedId, String dependant) {
        GateNode awaited = expect(awaitedId);
        if (awaited.dependants().contains(dependant)) {
            return true;
        }
        List<String> dependants = new ArrayList<>(awaited.dependants());
        if (dependants.size() >= settings.mostDependants()) {
            dependants.removeIf(id -> !isWaitingFor(id, awaitedId));
        }
        if (dependants.size() >= settings.mostDependants()) {
            return false;
        }
        dependants.add(dependant);
        put(awaited.withDependants(dependants));
        return true;
    }

    private void letThrough(GateNode node) {
        put(node.passed(settings.coarsely(now + settings.longestMillis())));
        long path = paths.tell(node);
        effects.accept(
                node.requestId().equals(arriving)
                        ? new GateEffect.Submit(
                                node.requestId(), false, null, node.priority(), path)
                        : new GateEffect.LetThrough(node.requestId(), path));
    }

    private void refuse(GateNode node, Failure failure, String waitedFor) {
        Verdict verdict = GateFailures.verdict(failure, waitedFor);
        effects.accept(
                node.requestId().equals(arriving)
                        ? new GateEffect.Submit(
                                node.requestId(), false, verdict, node.priority(), 0)
                        : new GateEffect.Refuse(node.requestId(), verdict));
        fail(node, failure);
    }

    private void fail(GateNode node, Failure failure) {
        List<Dependency> left =
                node.holding().stream().filter(edge -> !hasCompleted(edge.requestId())).toList();
        paths.left(node);
        put(node.withHolding(left).failed(failure, forgetAt()));
        ended.add(node);
    }

    /** Raises the priority of a request, and of those that it names with a grade. */
    private void raise(Dependency first, int priority) {
        Deque<Raise> toRaise = new ArrayDeque<>();
        toRaise.add(Raise.by(first, priority));
        for (Raise next = toRaise.poll(); next != null; next = toRaise.poll()) {
            GateNode node = expect(next.requestId());
            if (node.hasEnded() || node.priority() >= next.priority()) {
                continue;
            }
            put(node.withPriority(next.priority()));
            if (node.phase() != Phase.EXPECTED && !next.requestId().equals(arriving)) {
                effects.accept(new GateEffect.Raise(next.requestId(), next.priority()));
            }
            for (Dependency edge : node.graded()) {
                toRaise.add(Raise.by(edge, next.priority()));
            }
        }
    }

    /** A priority that a request is to have at least. */
    private record Raise(String requestId, int priority) {
        static Raise by(Dependency edge, int priority) {
            long wanted = (long) priority + edge.grade();
            return new Raise(edge.requestId(), (int) Math.min(wanted, MOST_URGENT));
        }
    }

    /** What is known of a request; of one that is not known, that it is expected. */
    private GateNode expect(String requestId) {
        GateNode known = workflow.get(requestId);
        if (known != null) {
            return known;
        }
        GateNode expected = GateNode.expected(requestId, settings.giveUpAt(now));
        put(expected);
        return expected;
    }

    private GateNode current(GateNode node) {
        return Objects.requireNonNull(workflow.get(node.requestId()), "it was put there");
    }

    private void put(GateNode node) {
        workflow.put(node);
        wakeAt(node.wakeMillis());
    }

    private long forgetAt() {
        return settings.coarsely(now + settings.rememberMillis());
    }
}
