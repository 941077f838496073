package io.sluice.core.slo;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How a series of an objective stands at the end of a slot.
 *
 * @param atMillis end of what is counted, exclusive
 * @param late requests of the period that came too late to be counted
 * @param excluded requests of the period that were selected and do not count
 * @param period counts of the period as a burn rate: 1 means the budget is just spent
 * @param burnRates by window, shortest first
 */
public record SloReport(
        long atMillis, long late, long excluded, BurnRate period, List<BurnRate> burnRates) {

    /** Copies the list. */
    public SloReport {
        burnRates = List.copyOf(burnRates);
    }

    /** Sums the counts of a series up to the end of a slot. */
    public static SloReport of(
            SlidingCounts counts, SloObjective.Goal goal, SlotScale scale, long atMillis) {
        long periodMillis = goal.periodMillis();
        SlotCounts period = counts.over(periodMillis, atMillis);
        List<BurnRate> rates =
                scale.windowsMillis().stream()
                        .map(
                                window ->
                                        BurnRate.of(
                                                goal,
                                                window,
                                                scale.fromOf(window, atMillis),
                                                counts.over(window, atMillis)))
                        .toList();
        return new SloReport(
                atMillis,
                period.late(),
                period.excluded(),
                BurnRate.of(goal, periodMillis, scale.fromOf(periodMillis, atMillis), period),
                rates);
    }

    /** Share of the counted requests that kept the promise; empty without any. */
    public OptionalDouble attainment() {
        return period.counted() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) period.good() / period.counted());
    }

    /** Share of the error budget that is left: 1 without requests, negative when overspent. */
    public double budgetLeft() {
        return 1 - period.rate();
    }

    /** Whether any request of the period was selected. */
    public boolean matched() {
        return period.counted() + excluded > 0;
    }

    /** Whether the numbers of the other report are the same, whenever it was made. */
    public boolean saysTheSameAs(SloReport other) {
        return late == other.late
                && excluded == other.excluded
                && sameCounts(period, other.period)
                && sameCounts(burnRates, other.burnRates);
    }

    /** The burn rate of one of the windows of the scale. */
    public BurnRate burnRate(long windowMillis) {
        return burnRates.stream()
                .filter(rate -> rate.windowMillis() == windowMillis)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "No burn rate is kept over %d ms".formatted(windowMillis)));
    }

    private static boolean sameCounts(List<BurnRate> some, List<BurnRate> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!sameCounts(some.get(i), others.get(i))) {
                return false;
            }
        }
        return some.size() == others.size();
    }

    private static boolean sameCounts(BurnRate one, BurnRate other) {
        return one.good() == other.good() && one.bad() == other.bad();
    }
}
