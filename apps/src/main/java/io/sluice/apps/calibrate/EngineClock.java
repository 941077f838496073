package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Puts the two clocks of a log together. Arrivals are often on another clock than the engine's own
 * times. Nothing can be queued before it arrives, so the largest difference of the two is the
 * difference of the clocks.
 */
final class EngineClock {
    private static final double LONGEST_TTFT_SECONDS = 86_400;

    private final double offset;
    private final double start;

    private EngineClock(double offset, double start) {
        this.offset = offset;
        this.start = start;
    }

    /**
     * The clock of a log, which reads 0 at its first arrival.
     *
     * @throws CommandException if the clocks cannot be told
     */
    static EngineClock of(List<LogRow> rows, Warnings warnings) {
        double offset = offset(rows, warnings);
        EngineClock unset = new EngineClock(offset, 0);
        double start =
                rows.stream()
                        .mapToDouble(unset::arrivalSeconds)
                        .filter(Double::isFinite)
                        .min()
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "no request has an arrival_time or a queued_ts: nothing says when they came"));
        return new EngineClock(offset, start);
    }

    private static double offset(List<LogRow> rows, Warnings warnings) {
        OptionalDouble byQueue = largestLead(rows, LogRow::queued);
        if (byQueue.isPresent()) {
            return byQueue.getAsDouble();
        }
        OptionalDouble byStart = largestLead(rows, LogRow::scheduled);
        if (byStart.isPresent()) {
            warnings.add(
                    "no queued_ts: the clock of arrivals is taken from scheduled_ts, as if some request had started at once");
            return byStart.getAsDouble();
        }
        boolean sameClock =
                rows.stream()
                        .filter(row -> Double.isFinite(row.arrival() + row.firstToken()))
                        .mapToDouble(row -> row.firstToken() - row.arrival())
                        .allMatch(ttft -> ttft >= 0 && ttft < LONGEST_TTFT_SECONDS);
        if (!sameClock) {
            throw new CommandException(
                    "arrival_time and first_token_ts are on different clocks, and there is no queued_ts or scheduled_ts that"
                            + " would tell their difference; log one of them");
        }
        warnings.add("no queued_ts: arrival_time and first_token_ts are taken to be on one clock");
        return 0;
    }

    /** How much later the clock of arrivals reads than the engine's; empty without both. */
    private static OptionalDouble largestLead(
            List<LogRow> rows, ToDoubleFunction<LogRow> engineTime) {
        return rows.stream()
                .mapToDouble(row -> row.arrival() - engineTime.applyAsDouble(row))
                .filter(Double::isFinite)
                .max();
    }

    /** When a request came, in nanoseconds since the first one; its queueing if that is all. */
    long arrivalNanos(LogRow row) {
        return nanos(arrivalSeconds(row));
    }

    /** Whether it is known when a request came. */
    boolean knowsArrival(LogRow row) {
        return Double.isFinite(arrivalSeconds(row));
    }

    /** A time of the engine's clock, in nanoseconds since the first arrival. */
    long nanos(double engineSeconds) {
        return Math.round((engineSeconds - start) * 1e9);
    }

    /** A time of the clock of arrivals, in nanoseconds since the first one. */
    long nanosOfArrivalClock(double seconds) {
        return nanos(seconds - offset);
    }

    private double arrivalSeconds(LogRow row) {
        double arrival = row.arrival() - offset;
        return Double.isFinite(arrival) ? arrival : row.queued();
    }
}
