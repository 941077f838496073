package io.sluice.core.kernel;

import io.sluice.core.kernel.RankedRuns.Runner;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.Exchange;
import io.sluice.core.policy.PreemptionPolicy;
import io.sluice.core.policy.QueuedRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Ranks running and waiting requests together. Whoever is among the first that fit the instance, by
 * what they hold now, should run; a run that is not makes way for a request that is, if the {@link
 * PreemptionPolicy} says that it pays. What does not fit is passed over and blocks nobody.
 *
 * <p>Costs O(B) for B running requests, O(log B) for each of them that has changed, and a walk
 * through those that wait up to the last one chosen; through all of them only when memory is short.
 */
final class Reranker implements Dispatcher {

    private final Lane lane;
    private final LaneSettings settings;
    private final PreemptionPolicy preemption;
    private final Map<String, RankedRuns> ranked = new HashMap<>();
    private long nextChange = PendingRequest.NEVER;

    Reranker(Lane lane, LaneSettings settings) {
        this.lane = lane;
        this.settings = settings;
        this.preemption = settings.policies().preemption();
    }

    @Override
    public long nextMillis() {
        return nextChange;
    }

    @Override
    public boolean dispatch(long now) {
        nextChange = PendingRequest.NEVER;
        ranked.keySet().removeIf(instanceId -> lane.links().get(instanceId) == null);
        for (InstanceLink link : lane.links().copy()) {
            if (link.inStep()) {
                new Ranking(link, ranked(link, now), now).apply();
            }
        }
        return false;
    }

    private RankedRuns ranked(InstanceLink link, long now) {
        RankedRuns runs =
                ranked.computeIfAbsent(
                        link.instanceId(), unseen -> new RankedRuns(settings.ordering()));
        runs.look(lane.entries().runsOn(link), lane.entries().service(), now);
        nextChange = Math.min(nextChange, runs.nextChangeMillis());
        return runs;
    }

    /** One look at one instance. */
    private final class Ranking {

        private final InstanceLink link;
        private final long now;
        private final RankedRuns runners;
        private final Deque<Runner> behind = new ArrayDeque<>();
        private final List<QueuedRequest> chosen = new ArrayList<>();
        private long freeBlocks;
        private int freeSlots;

        Ranking(InstanceLink link, RankedRuns runners, long now) {
            this.link = link;
            this.runners = runners;
            this.now = now;
            this.freeBlocks = totalBlocks();
            this.freeSlots = link.capacity().maxSequences();
        }

        void apply() {
            choose();
            freeBlocks = totalBlocks();
            for (Runner runner : runners.inOrder()) {
                freeBlocks -= blocks(runner);
            }
            freeSlots = link.capacity().maxSequences() - runners.size();
            while (freeBlocks < 0 && !behind.isEmpty()) {
                interrupt(behind.removeLast(), "its instance is out of memory");
            }
            chosen.forEach(this::startIfItPays);
        }

        /** Walks through all in order and takes what fits. */
        private void choose() {
            Iterator<QueuedRequest> queue = lane.queue().walk();
            @Nullable QueuedRequest next = following(queue);
            for (Runner runner : runners.inOrder()) {
                while (next != null && next.place().compareTo(runner.place()) < 0 && isRoom()) {
                    choose(next);
                    next = following(queue);
                }
                if (!take(blocks(runner))) {
                    behind.addLast(runner);
                }
            }
            while (next != null && isRoom()) {
                choose(next);
                next = following(queue);
            }
        }

        private void choose(QueuedRequest waiting) {
            if (link.canEverHold(waiting) && take(blocks(waiting.presentTokens()))) {
                chosen.add(waiting);
            }
        }

        private boolean isRoom() {
            return freeSlots > 0 && freeBlocks > 0;
        }

        private boolean take(long blocks) {
            if (freeSlots < 1 || blocks > freeBlocks) {
                return false;
            }
            freeSlots--;
            freeBlocks -= blocks;
            return true;
        }

        /** Starts a request, interrupting the last in order as long as that is needed and pays. */
        private void startIfItPays(QueuedRequest waiting) {
            LaneEntry entry = lane.entries().waiting(waiting.key());
            PendingRequest request = Objects.requireNonNull(entry.request(), "it waits");
            long blocks = blocks(waiting.presentTokens());
            while (freeSlots < 1 || freeBlocks < blocks) {
                Runner last = behind.peekLast();
                if (last == null) {
                    return;
                }
                Exchange exchange =
                        preemption.weigh(request, last.request(), lane.entries().service());
                if (!exchange.pays()) {
                    return;
                }
                interrupt(behind.removeLast(), placeTaken(request, exchange));
            }
            take(blocks);
            lane.send(entry, link, now, settings.maxPasses());
        }

        private static String placeTaken(PendingRequest winner, Exchange exchange) {
            return "%s of %s goes before it and takes its place: %s"
                    .formatted(
                            winner.key().requestId(), winner.key().tenant(), exchange.describe());
        }

        private void interrupt(Runner runner, String reason) {
            freeSlots++;
            freeBlocks += blocks(runner);
            lane.preempt(runner.entry(), link, reason, now);
        }

        private long totalBlocks() {
            InstanceCapacity capacity = link.capacity();
            return capacity.kvTokens() / capacity.kvBlockTokens();
        }

        private long blocks(Runner runner) {
            return blocks(runner.request().presentTokens());
        }

        private long blocks(long tokens) {
            int size = link.capacity().kvBlockTokens();
            return (tokens + size - 1) / size;
        }
    }

    private static @Nullable QueuedRequest following(Iterator<QueuedRequest> queue) {
        return queue.hasNext() ? queue.next() : null;
    }
}
