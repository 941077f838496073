package io.sluice.core.kernel;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * The state machine that keeps the order of a workflow's requests: it says of each whether it may
 * run, must wait, or cannot run at all. It closes nothing and keeps no request; its router does
 * both, and holds what must wait.
 *
 * <p>What it knows of a workflow lies in a store that its caller passes. Each method returns when
 * to call {@link #wakeup} for that workflow at the latest. All of it can be said twice: a request,
 * an end that is already known, and a wake-up change nothing.
 *
 * <p>Of a request that nobody has heard of again for a long time it says that it is lost. Of one
 * that has ended, the first end that was heard of holds.
 */
public final class WorkflowGate {

    private final GateSettings settings;
    private final Consumer<GateEffect> effects;

    /**
     * Creates a gate.
     *
     * @param effects receives what it wants done, in order
     */
    public WorkflowGate(GateSettings settings, Consumer<GateEffect> effects) {
        this.settings = settings;
        this.effects = effects;
    }

    /**
     * A request of the workflow was read.
     *
     * @return when to wake up, at the latest
     */
    public long arrived(GateStore workflow, GateArrival arrival, long now) {
        GateTurn turn = new GateTurn(settings, workflow, effects, now);
        turn.arrive(arrival);
        return turn.earliestWake();
    }

    /**
     * A request of the workflow has ended.
     *
     * @param outcome how, in the words of users, or null if it has completed
     * @param endedAtMillis when
     * @return when to wake up, at the latest
     */
    public long ended(
            GateStore workflow,
            String requestId,
            @Nullable String outcome,
            long endedAtMillis,
            long now) {
        GateTurn turn = new GateTurn(settings, workflow, effects, now);
        GateNode known = workflow.get(requestId);
        boolean longForgotten = now - endedAtMillis > settings.rememberMillis();
        if (known == null && longForgotten) {
            return turn.earliestWake();
        }
        turn.end(known == null ? GateNode.expected(requestId, now) : known, outcome);
        return turn.earliestWake();
    }

    /**
     * Time has passed.
     *
     * @return when to wake up, at the latest
     */
    public long wakeup(GateStore workflow, long now) {
        GateTurn turn = new GateTurn(settings, workflow, effects, now);
        due(workflow, now).forEach(turn::wake);
        for (GateNode node : workflow.all()) {
            turn.wakeAt(node.wakeMillis());
        }
        return turn.earliestWake();
    }

    private static List<String> due(GateStore workflow, long now) {
        return StreamSupport.stream(workflow.all().spliterator(), false)
                .filter(node -> node.wakeMillis() <= now)
                .sorted(
                        Comparator.comparingLong(GateNode::wakeMillis)
                                .thenComparing(GateNode::requestId))
                .map(GateNode::requestId)
                .toList();
    }
}
