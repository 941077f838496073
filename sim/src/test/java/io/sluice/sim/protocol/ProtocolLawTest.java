package io.sluice.sim.protocol;

import io.sluice.sim.protocol.ProtocolRun.Result;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises hold on every seed: crashes of the job between any two moments, of workers, of both;
 * cut networks, slow roads, stopped tasks that wake up late, drains, cancels, repeats.
 *
 * <p>{@code -Dsluice.protocol.seeds=N} tries more of them, {@code -Dsluice.protocol.first-seed=S}
 * others.
 */
final class ProtocolLawTest {

    private static final long SEEDS = Long.getLong("sluice.protocol.seeds", 5_000);
    private static final long FIRST_SEED = Long.getLong("sluice.protocol.first-seed", 0);
    private static final int MOST_EXPLAINED = 3;
    private static final int FEW = 20;

    @Test
    void everyRequestHasExactlyOneOutcomeAndAJobCrashAloneWastesNothing() {
        List<Long> broken =
                seeds().filter(seed -> !ProtocolRun.ofSeed(seed, Set.of()).violations().isEmpty())
                        .boxed()
                        .toList();
        List<String> explained =
                broken.stream()
                        .sorted()
                        .limit(MOST_EXPLAINED)
                        .map(seed -> Explanation.of(seed, Set.of()).text())
                        .toList();
        assertThat(broken)
                .as("seeds that break a promise; the first of them:%n%s", explained)
                .isEmpty();
    }

    /** A scenario in which nothing fails would show nothing. */
    @Test
    void theSeedsAreWorthTrying() {
        List<Result> results =
                LongStream.range(0, 500)
                        .parallel()
                        .mapToObj(seed -> ProtocolRun.ofSeed(seed, Set.of()))
                        .toList();
        long runs = results.stream().mapToLong(result -> result.totals().runsStarted()).sum();
        assertThat(count(results, Fault.JOB_CRASH)).as("crashes of the job").isGreaterThan(500);
        assertThat(runs).as("runs on engines").isGreaterThan(2_000);
        for (Fault fault : Fault.values()) {
            assertThat(count(results, fault)).as("%s in 500 seeds", fault).isGreaterThan(FEW);
        }
    }

    private static long count(List<Result> results, Fault fault) {
        return results.stream().mapToLong(result -> result.faults().getOrDefault(fault, 0)).sum();
    }

    @Test
    void aSeedAlwaysTakesTheSameCourse() {
        for (long seed = 0; seed < 20; seed++) {
            Result first = ProtocolRun.recorded(seed, Set.of());
            assertThat(first.log()).isNotEmpty();
            assertThat(ProtocolRun.recorded(seed, Set.of())).isEqualTo(first);
            assertThat(ProtocolRun.ofSeed(seed, Set.of()).events()).isEqualTo(first.events());
        }
    }

    private static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS).parallel();
    }
}
