package io.sluice.sim.sequential;

import io.sluice.sim.workload.SimulatedRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The sequential scheduler of the "semantic scheduling" study (arXiv 2506.12204) as its program has
 * it: the most urgent class first, within it the shortest predicted time left, preempting where
 * that shortens the waiting of two requests together. Its defects are part of it, because its
 * published numbers are:
 *
 * <ul>
 *   <li>only one candidate is looked at when requests are released;
 *   <li>a candidate that does not preempt queues in the class of the running request;
 *   <li>equal keys leave the queue in the order of a heap ({@link StudyHeap});
 *   <li>in an interval that begins with an empty queue a request that would end in it does nothing
 *       and waits for nothing, and one that ends later in an interval and leaves no other to run
 *       ends without its last part counted as waiting.
 * </ul>
 *
 * <p>For new work use {@link CorrectedSequential}.
 */
public final class StudySequential implements SequentialScheduler {

    private final StudyRules rules;

    private StudySequential(StudyRules rules) {
        this.rules = rules;
    }

    /** The program of 14 January 2025, which the published results were made with. */
    public static StudySequential of(SequentialCost cost) {
        return new StudySequential(StudyRules.january(cost));
    }

    /** The program of 23 December 2024, with its own coefficients. */
    public static StudySequential december() {
        return new StudySequential(StudyRules.december());
    }

    @Override
    public String name() {
        return "semantic";
    }

    @Override
    public SequentialResult run(List<SimulatedRequest> requests) {
        return new Run(requests, rules).toTheEnd();
    }

    /** State of one run. */
    private static final class Run {
        private final StudyRules rules;
        private final List<StudyRequest> all = new ArrayList<>();
        private final List<StudyRequest> byRelease;
        private final StudyHeap queue = new StudyHeap();
        private @Nullable StudyRequest running;
        private double now;
        private int preemptions;

        Run(List<SimulatedRequest> requests, StudyRules rules) {
            this.rules = rules;
            requests.forEach(request -> all.add(new StudyRequest(request, rules)));
            byRelease = new ArrayList<>(all);
            byRelease.sort(Comparator.comparingLong(Run::releaseNanos));
        }

        SequentialResult toTheEnd() {
            int next = 0;
            while (next < byRelease.size()) {
                int end = endOfSet(next);
                now = SequentialResult.releaseSeconds(byRelease.get(next).request());
                release(byRelease.subList(next, end));
                if (end < byRelease.size()) {
                    long nanos =
                            releaseNanos(byRelease.get(end)) - releaseNanos(byRelease.get(next));
                    runBetweenSets(rules.round(nanos / 1e9));
                }
                next = end;
            }
            drain();
            return new SequentialResult(
                    "semantic", all.stream().map(StudyRequest::served).toList(), preemptions);
        }

        private static long releaseNanos(StudyRequest request) {
            return request.request().releaseNanos();
        }

        private int endOfSet(int first) {
            int end = first + 1;
            while (end < byRelease.size()
                    && releaseNanos(byRelease.get(end)) == releaseNanos(byRelease.get(first))) {
                end++;
            }
            return end;
        }

        /** Newcomers arrive: one candidate may take the GPU, the others queue. */
        private void release(List<StudyRequest> newcomers) {
            StudyRequest best = best(newcomers);
            StudyRequest candidate =
                    queue.isEmpty() || isNotAfter(best, queue.first()) ? best : queue.pop();
            if (running == null) {
                running = candidate;
            } else if (preempts(candidate, running)) {
                candidate.addSave(running.interrupt());
                queueUnderOwnKey(running);
                running = candidate;
                preemptions++;
            } else {
                double seconds =
                        candidate.predictedTotal()
                                + candidate.prefillReload()
                                + running.decodeReload();
                queue.push(new StudyHeap.Entry(running.rank(), seconds, candidate));
            }
            newcomers.stream().filter(one -> one != candidate).forEach(this::queueUnderOwnKey);
        }

        /** The last of those that none is before. */
        private static StudyRequest best(List<StudyRequest> newcomers) {
            StudyRequest best = newcomers.get(0);
            for (StudyRequest one : newcomers) {
                best = isNotAfter(one, best) ? one : best;
            }
            return best;
        }

        private static boolean isNotAfter(StudyRequest one, StudyRequest other) {
            return one.rank() < other.rank()
                    || (one.rank() == other.rank() && one.timeKey() <= other.timeKey());
        }

        private void queueUnderOwnKey(StudyRequest one) {
            queue.push(new StudyHeap.Entry(one.rank(), one.timeKey(), one));
        }

        /** Whether two requests together wait less if one interrupts the other now. */
        private static boolean preempts(StudyRequest candidate, StudyRequest running) {
            if (candidate.rank() != running.rank()) {
                return candidate.rank() < running.rank();
            }
            StudyRequest interrupted = running.copy();
            double save = interrupted.interrupt();
            double candidateLeft = candidate.reloadLeft() + candidate.predictedTotal();
            double interruptedLeft = interrupted.reloadLeft() + interrupted.predictedTotal();
            double runningLeft = running.reloadLeft() + running.predictedTotal();
            return 2 * (save + candidateLeft) + interruptedLeft < 2 * runningLeft + candidateLeft;
        }

        /** Time passes until the next set is released. */
        private void runBetweenSets(double interval) {
            StudyRequest current = Objects.requireNonNull(running, "a release starts a request");
            double left = interval;
            if (left > current.need() && queue.isEmpty()) {
                return;
            }
            while (left > current.need() && !queue.isEmpty()) {
                left = rules.round(left - finish(current));
                current = queue.pop();
            }
            if (left <= current.need()) {
                pass(current, left);
                running = current;
            } else {
                current.completeAt(now + current.need());
                running = null;
            }
        }

        /** After the last release, one after the other. */
        private void drain() {
            while (running != null || !queue.isEmpty()) {
                finish(running == null ? queue.pop() : running);
                running = null;
            }
        }

        private double finish(StudyRequest request) {
            double need = request.need();
            pass(request, need);
            request.completeAt(now);
            return need;
        }

        private void pass(StudyRequest current, double seconds) {
            now += seconds;
            current.run(seconds);
            current.waitFor(seconds);
            queue.forEach(queued -> queued.waitFor(seconds));
        }
    }
}
