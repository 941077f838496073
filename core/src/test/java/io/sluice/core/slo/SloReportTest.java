package io.sluice.core.slo;

import io.sluice.core.slo.SloFixtures.Event;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.slo.SloFixtures.SCALE;
import static io.sluice.core.slo.SloFixtures.counted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SloReportTest {

    /** Only rounding of doubles lies between two ways to divide the same integers. */
    private static final double ROUNDING = 1e-9;

    @Property(tries = 200)
    void burnRatesAndAttainmentEqualANaiveRecomputationFromTheEvents(
            @ForAll("events") List<Event> events,
            @ForAll("ends") long end,
            @ForAll("targets") double target) {
        SloObjective.Goal goal = new SloObjective.Goal(target, 100_000);

        SloReport report = SloReport.of(counted(events), goal, SCALE, end);

        for (BurnRate rate : report.burnRates()) {
            double share = badShare(events, SCALE.fromOf(rate.windowMillis(), end), end);
            assertThat(rate.rate()).isCloseTo(share / (1 - target), within(ROUNDING));
        }
        double bad = badShare(events, SCALE.fromOf(100_000, end), end);
        assertThat(report.budgetLeft()).isCloseTo(1 - bad / (1 - target), within(1e-7));
        report.attainment()
                .ifPresent(kept -> assertThat(kept).isCloseTo(1 - bad, within(ROUNDING)));
    }

    @Test
    void withoutRequestsNothingIsSaidAndNothingIsSpent() {
        SloReport report =
                SloReport.of(
                        new SlidingCounts(SCALE), new SloObjective.Goal(0.99, 1_000), SCALE, 500);

        assertThat(report.matched()).isFalse();
        assertThat(report.attainment()).isEmpty();
        assertThat(report.budgetLeft()).isEqualTo(1);
        assertThat(report.burnRates()).allSatisfy(rate -> assertThat(rate.rate()).isZero());
    }

    @Test
    void whoIsExcludedIsMatchedAndCountsForNothing() {
        SloReport report =
                SloReport.of(
                        counted(List.of(new Event(495, Judgement.EXCLUDED))),
                        new SloObjective.Goal(0.99, 1_000),
                        SCALE,
                        500);

        assertThat(report.matched()).isTrue();
        assertThat(report.excluded()).isEqualTo(1);
        assertThat(report.attainment()).isEmpty();
    }

    @Test
    void anOverspentBudgetIsNegative() {
        SloReport report =
                SloReport.of(
                        counted(
                                List.of(
                                        new Event(480, Judgement.GOOD),
                                        new Event(490, Judgement.BAD))),
                        new SloObjective.Goal(0.75, 1_000),
                        SCALE,
                        500);

        assertThat(report.attainment()).hasValue(0.5);
        assertThat(report.budgetLeft()).isEqualTo(-1);
        assertThat(report.burnRates()).allSatisfy(rate -> assertThat(rate.rate()).isEqualTo(2));
    }

    private static double badShare(List<Event> events, long from, long end) {
        long good = 0;
        long bad = 0;
        for (Event event : events) {
            if (event.atMillis() >= from && event.atMillis() < end) {
                good += event.judgement() == Judgement.GOOD ? 1 : 0;
                bad += event.judgement() == Judgement.BAD ? 1 : 0;
            }
        }
        return good + bad == 0 ? 0 : (double) bad / (good + bad);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return SloFixtures.events();
    }

    @Provide
    Arbitrary<Long> ends() {
        return Arbitraries.longs().between(0, 30_000).map(slots -> slots * 10);
    }

    @Provide
    Arbitrary<Double> targets() {
        return Arbitraries.doubles().between(0.5, 0.999).ofScale(3);
    }
}
