package io.sluice.sim.workload;

import io.sluice.sim.random.Draws;

import java.time.Duration;
import java.util.List;

/** When generated requests must be finished. */
public sealed interface DeadlineRule {

    /**
     * The deadline of a request, in nanoseconds of its clock.
     *
     * @param request all of it but the deadline
     * @param draws what chance is drawn from
     */
    long deadlineNanos(SimulatedRequest request, Draws draws);

    /** None has a deadline. */
    record None() implements DeadlineRule {

        @Override
        public long deadlineNanos(SimulatedRequest request, Draws draws) {
            return SimulatedRequest.NO_DEADLINE;
        }
    }

    /**
     * Some time after arrival, by class.
     *
     * @param allowed for each class from the most urgent on; the last is for all further ones too
     */
    record ByRank(List<Duration> allowed) implements DeadlineRule {

        /** Rejects an empty list, and times below 0. */
        public ByRank {
            allowed = List.copyOf(allowed);
            Settings.requireBetween("deadlines by class", allowed.size(), 1, Integer.MAX_VALUE);
            allowed.forEach(time -> requireNotNegative("deadline of a class", time));
        }

        @Override
        public long deadlineNanos(SimulatedRequest request, Draws draws) {
            int rank = Math.min(request.trueRank(), allowed.size() - 1);
            return request.arrivalNanos() + allowed.get(rank).toNanos();
        }
    }

    /**
     * Some time after arrival, each as likely as another.
     *
     * @param least shortest
     * @param most longest
     */
    record Between(Duration least, Duration most) implements DeadlineRule {

        /** Rejects times below 0 or out of order. */
        public Between {
            requireNotNegative("shortest deadline", least);
            if (most.compareTo(least) < 0) {
                throw Settings.wrong("longest deadline", most, "at least the shortest, " + least);
            }
        }

        @Override
        public long deadlineNanos(SimulatedRequest request, Draws draws) {
            double share = draws.uniform();
            long spread = most.toNanos() - least.toNanos();
            return request.arrivalNanos() + least.toNanos() + (long) (share * spread);
        }
    }

    /**
     * The more is asked for, the later.
     *
     * @param base for any request
     * @param perOutputToken and for each token of its answer
     */
    record ByLength(Duration base, Duration perOutputToken) implements DeadlineRule {

        /** Rejects times below 0. */
        public ByLength {
            requireNotNegative("deadline of any request", base);
            requireNotNegative("deadline per output token", perOutputToken);
        }

        @Override
        public long deadlineNanos(SimulatedRequest request, Draws draws) {
            return request.arrivalNanos()
                    + base.toNanos()
                    + perOutputToken.toNanos() * request.outputTokens();
        }
    }

    private static void requireNotNegative(String field, Duration time) {
        if (time.isNegative()) {
            throw Settings.wrong(field, time, "0 or more");
        }
    }
}
