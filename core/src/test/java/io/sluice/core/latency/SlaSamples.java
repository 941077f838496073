package io.sluice.core.latency;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Finished requests for tests. */
final class SlaSamples {

    private SlaSamples() {}

    static SlaSample of(
            Outcome outcome, LatencyMeasures measured, SloTarget target, long outputTokens) {
        return new SlaSample(outcome, measured, target, new SlaSample.Tokens(100, outputTokens));
    }

    /** Any sample, also with latencies that are missing or wrong. */
    static Arbitrary<SlaSample> any() {
        Arbitrary<Double> millis =
                Arbitraries.oneOf(
                        Arbitraries.doubles().between(0, 1e6),
                        Arbitraries.of(Double.NaN, -1.0, Double.POSITIVE_INFINITY, 0.0));
        Arbitrary<Double> target =
                Arbitraries.oneOf(
                        Arbitraries.doubles().between(1, 1e6), Arbitraries.just(Double.NaN));
        return Combinators.combine(
                        Arbitraries.of(Outcome.class),
                        Combinators.combine(millis, millis, millis, millis)
                                .as(LatencyMeasures::new),
                        Combinators.combine(target, target, target).as(SloTarget::new),
                        Arbitraries.longs().between(0, 4000))
                .as(SlaSamples::of);
    }
}
