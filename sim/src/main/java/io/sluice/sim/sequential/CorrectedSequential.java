package io.sluice.sim.sequential;

import io.sluice.sim.workload.SimulatedRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What {@link StudySequential} aims at, without its defects: the most urgent class first, within it
 * the shortest predicted time left, then first come. When requests are released, the first of all
 * that wait interrupts the running one if its class is more urgent, never if it is less urgent, and
 * in the same class if by prediction the two together then wait less. Whoever does not interrupt
 * keeps its own class; the GPU never rests while a request waits; all time from release to
 * completion is waiting.
 *
 * <p>What an interruption costs is {@link PreemptibleJob}'s.
 */
public final class CorrectedSequential implements SequentialScheduler {

    private final SequentialCost cost;

    /** A scheduler on a GPU. */
    public CorrectedSequential(SequentialCost cost) {
        this.cost = cost;
    }

    @Override
    public String name() {
        return "semantic-corrected";
    }

    @Override
    public SequentialResult run(List<SimulatedRequest> requests) {
        return new Run(requests).toTheEnd();
    }

    private final class Run {
        private final List<PreemptibleJob> byRelease = new ArrayList<>();
        private final PriorityQueue<PreemptibleJob> queue =
                new PriorityQueue<>(
                        Comparator.comparingInt(PreemptibleJob::rank)
                                .thenComparingDouble(PreemptibleJob::predictedLeft)
                                .thenComparingLong(PreemptibleJob::releaseNanos)
                                .thenComparingInt(PreemptibleJob::index));
        private final List<SequentialResult.Served> served = new ArrayList<>();
        private int next;
        private int preemptions;

        Run(List<SimulatedRequest> requests) {
            requests.forEach(request -> byRelease.add(new PreemptibleJob(request, cost)));
            byRelease.sort(Comparator.comparingLong(PreemptibleJob::releaseNanos));
        }

        SequentialResult toTheEnd() {
            double now = 0;
            while (served.size() < byRelease.size()) {
                if (queue.isEmpty()) {
                    now = Math.max(now, nextRelease());
                }
                admitUntil(now);
                PreemptibleJob first = queue.remove();
                first.start(now, 0);
                now = runUntilFree(first);
            }
            served.sort(Comparator.comparingInt(one -> one.request().index()));
            return new SequentialResult(name(), served, preemptions);
        }

        /** Runs a request, and whatever interrupts it, until one of them is finished. */
        private double runUntilFree(PreemptibleJob first) {
            PreemptibleJob running = first;
            while (nextRelease() < running.completion()) {
                double now = nextRelease();
                admitUntil(now);
                PreemptibleJob candidate = queue.peek();
                if (interrupts(candidate, running, now)) {
                    queue.remove();
                    candidate.start(now, running.interrupt(now));
                    queue.add(running);
                    running = candidate;
                    preemptions++;
                }
            }
            served.add(SequentialResult.Served.at(running.request(), running.completion()));
            return running.completion();
        }

        private double nextRelease() {
            return next == byRelease.size()
                    ? Double.POSITIVE_INFINITY
                    : SequentialResult.releaseSeconds(byRelease.get(next).request());
        }

        private void admitUntil(double now) {
            while (nextRelease() <= now) {
                queue.add(byRelease.get(next++));
            }
        }
    }

    /** Whether the first of those that wait takes the GPU from the running one. */
    private static boolean interrupts(
            @Nullable PreemptibleJob candidate, PreemptibleJob running, double now) {
        if (candidate == null || candidate.rank() != running.rank()) {
            return candidate != null && candidate.rank() < running.rank();
        }
        PreemptibleJob.Interruption interruption = running.ifInterrupted(now);
        double own = candidate.predictedLeft();
        double bothIfInterrupted = 2 * (interruption.save() + own) + interruption.predictedLeft();
        double bothIfNot = 2 * running.predictedLeft(now) + own;
        return bothIfInterrupted < bothIfNot;
    }
}
