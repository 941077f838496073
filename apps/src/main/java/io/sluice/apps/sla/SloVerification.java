package io.sluice.apps.sla;

import io.sluice.apps.sla.PublishedStatuses.Newest;
import io.sluice.apps.sla.SloRecount.Counts;
import io.sluice.core.slo.SloScope;
import io.sluice.schemas.avro.BurnRate;
import io.sluice.schemas.avro.SloStatus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares how objectives stand with what the outcomes say: of the newest status of each series,
 * every window that begins within the stretch, and not before the objective counted.
 */
final class SloVerification {

    /** Both sides divide the same whole numbers. */
    private static final double RATE_ERROR = 1e-9;

    /**
     * What was found.
     *
     * @param series series of which a status was looked at
     * @param windows windows compared
     * @param tooLong windows that begin before the stretch, or before the objective counted
     * @param open windows that differ, of a status so new that it may change
     * @param shared series of values that share one with others, and were not compared
     * @param findings everything that is wrong
     */
    record Result(
            long series,
            long windows,
            long tooLong,
            long open,
            long shared,
            List<Finding> findings) {}

    private final List<CountedOutcome> outcomes;
    private final PublishedStatuses published;
    private final TimeRange range;
    private final long latenessMillis;
    private final List<Finding> findings = new ArrayList<>();
    private long windows;
    private long tooLong;
    private long open;

    private SloVerification(
            List<CountedOutcome> outcomes,
            PublishedStatuses published,
            TimeRange range,
            Duration lateness) {
        this.outcomes = outcomes;
        this.published = published;
        this.range = range;
        this.latenessMillis = lateness.toMillis();
    }

    /**
     * Compares.
     *
     * @param outcomes those of the stretch that count
     * @param published what was published until its end
     * @param range the stretch
     * @param lateness how long after the end of a slot the job takes outcomes for it
     */
    static Result run(
            List<CountedOutcome> outcomes,
            PublishedStatuses published,
            TimeRange range,
            Duration lateness) {
        SloVerification verification = new SloVerification(outcomes, published, range, lateness);
        List<Newest> newest = published.newest();
        newest.forEach(verification::series);
        return new Result(
                newest.size(),
                verification.windows,
                verification.tooLong,
                verification.open,
                published.shared(),
                List.copyOf(verification.findings));
    }

    private void series(Newest newest) {
        SloStatus status = newest.status();
        SloRecount recount =
                SloRecount.of(
                        outcomes,
                        newest.objective(),
                        SloScope.valueOf(status.getScope().name()),
                        status.getScopeValue());
        long end = status.getEvaluatedAt().toEpochMilli();
        for (BurnRate window : status.getBurnRates()) {
            long from = window.getFrom().toEpochMilli();
            if (isComparable(newest, from)) {
                Counts exact = recount.between(from, end);
                double rate = rate(exact, newest);
                check(
                        newest,
                        "window of " + WindowKey.words(window.getWindowMs()),
                        "%d good, %d bad, burn rate %s".formatted(exact.good(), exact.bad(), rate),
                        "%d good, %d bad, burn rate %s"
                                .formatted(window.getGood(), window.getBad(), window.getBurnRate()),
                        exact.good() == window.getGood()
                                && exact.bad() == window.getBad()
                                && Math.abs(rate - window.getBurnRate()) <= RATE_ERROR);
            }
        }
        long from = status.getPeriodStart().toEpochMilli();
        if (isComparable(newest, from)) {
            period(newest, recount.between(from, end));
        }
    }

    private void period(Newest newest, Counts exact) {
        SloStatus status = newest.status();
        double left = 1 - rate(exact, newest);
        check(
                newest,
                "period",
                "%d good, %d bad, %d excluded, budget left %s"
                        .formatted(exact.good(), exact.bad(), exact.excluded(), left),
                "%d good, %d bad, %d excluded, budget left %s"
                        .formatted(
                                status.getGood(),
                                status.getBad(),
                                status.getExcluded(),
                                status.getBudgetLeft()),
                exact.good() == status.getGood()
                        && exact.bad() == status.getBad()
                        && exact.excluded() == status.getExcluded()
                        && Math.abs(left - status.getBudgetLeft()) <= RATE_ERROR);
    }

    private boolean isComparable(Newest newest, long fromMillis) {
        boolean comparable = fromMillis >= Math.max(range.fromMillis(), newest.sinceMillis());
        tooLong += comparable ? 0 : 1;
        return comparable;
    }

    private static double rate(Counts counts, Newest newest) {
        long counted = counts.good() + counts.bad();
        double budget = newest.objective().goal().budget();
        return counted == 0 ? 0 : (double) counts.bad() / counted / budget;
    }

    private void check(Newest newest, String what, String exact, String said, boolean same) {
        if (same) {
            windows++;
            return;
        }
        long evaluated = newest.status().getEvaluatedAt().toEpochMilli();
        if (evaluated + latenessMillis > published.newestMillis()) {
            open++;
            return;
        }
        windows++;
        findings.add(
                new Finding(
                        Finding.Kind.DIFFERS,
                        "%s at %s, %s"
                                .formatted(newest.key(), newest.status().getEvaluatedAt(), what),
                        "%s, exactly %s".formatted(said, exact)));
    }
}
