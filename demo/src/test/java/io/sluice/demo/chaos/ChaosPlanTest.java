package io.sluice.demo.chaos;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class ChaosPlanTest {

    private static final List<FaultKind> ALL = List.of(FaultKind.values());

    @ParameterizedTest
    @MethodSource("seeds")
    void sameSeedMakesTheSamePlan(long seed) {
        assertThat(ChaosPlan.of(seed, ALL, 40)).isEqualTo(ChaosPlan.of(seed, ALL, 40));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shortPlanHasTenFaultsOfMoreThanSixKindsAndLittleLoad(long seed) {
        ChaosPlan plan = ChaosPlan.of(seed, ALL, 6);

        assertThat(plan.faults()).isEqualTo(10);
        assertThat(kinds(plan).stream().distinct().count()).isGreaterThanOrEqualTo(6);
        Duration load =
                plan.rounds().stream()
                        .map(PlannedRound::load)
                        .reduce(Duration.ZERO, Duration::plus);
        assertThat(load).isLessThan(Duration.ofMinutes(4));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void longPlanHasThreeHundredFaultsOfEveryKind(long seed) {
        ChaosPlan plan = ChaosPlan.of(seed, ALL, 180);

        assertThat(plan.faults()).isEqualTo(300);
        for (FaultKind kind : ALL) {
            assertThat(kinds(plan)).filteredOn(kind::equals).hasSizeGreaterThan(10);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoAtOnceStrikeDifferentTargets(long seed) {
        for (PlannedRound round : ChaosPlan.of(seed, ALL, 30).rounds()) {
            assertThat(round.faults())
                    .extracting(fault -> fault.kind().target())
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void faultsLastAsLongAsTheirKindAndEndUnderLoad(long seed) {
        for (PlannedRound round : ChaosPlan.of(seed, ALL, 30).rounds()) {
            for (PlannedFault fault : round.faults()) {
                assertThat(fault.lasting())
                        .isBetween(
                                Duration.ofSeconds(fault.kind().shortestSeconds()),
                                Duration.ofSeconds(fault.kind().longestSeconds()));
                assertThat(fault.healedAt()).isLessThan(round.load());
            }
        }
    }

    @Test
    void seedsDiffer() {
        assertThat(ChaosPlan.of(1, ALL, 6)).isNotEqualTo(ChaosPlan.of(2, ALL, 6));
    }

    @Test
    void oneKindAloneMakesNoPairs() {
        ChaosPlan plan = ChaosPlan.of(1, List.of(FaultKind.WORKER_KILL), 4);

        assertThat(plan.faults()).isEqualTo(4);
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private static List<FaultKind> kinds(ChaosPlan plan) {
        return plan.rounds().stream()
                .flatMap(round -> round.faults().stream())
                .map(PlannedFault::kind)
                .toList();
    }
}
