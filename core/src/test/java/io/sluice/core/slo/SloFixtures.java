package io.sluice.core.slo;

import io.sluice.core.latency.LatencyMeasures;
import io.sluice.core.latency.SlaLabels;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.List;

/** Objectives, requests and counted events for tests. */
final class SloFixtures {

    /** A slot of 10 ms, so that three days are 259,200 ms. */
    static final SlotScale SCALE = new SlotScale(10);

    static final SloRequest COMPLETED = request(Outcome.COMPLETED, 100, SloTarget.NONE, 10);

    private SloFixtures() {}

    /** A request that counted at a time. */
    record Event(long atMillis, Judgement judgement) {}

    static SloObjective objective(Indicator indicator, double threshold, double target) {
        return new SloObjective(
                "chat",
                SloSelector.ANY,
                SloScope.ALL,
                new SloObjective.Promise(indicator, threshold),
                new SloObjective.Goal(target, 2_592_000));
    }

    /** A request of acme for llama, of P2 and tier gold, whose latencies are all the same. */
    static SloRequest request(Outcome outcome, double millis, SloTarget target, int tokens) {
        return new SloRequest(
                new SlaSample(
                        outcome,
                        new LatencyMeasures(millis, millis, millis, millis),
                        target,
                        new SlaSample.Tokens(100, tokens)),
                new SlaLabels("gpu-1", "llama", "acme", 2),
                "gold",
                Double.NaN);
    }

    static SloRequest withDeadline(SloRequest request, double deadlineMillis) {
        return new SloRequest(
                request.sample(), request.labels(), request.serviceTier(), deadlineMillis);
    }

    static SlidingCounts counted(List<Event> events) {
        SlidingCounts counts = new SlidingCounts(SCALE);
        events.forEach(event -> counts.add(event.atMillis(), SlotCounts.of(event.judgement())));
        return counts;
    }

    /** Events over more than the longest window, some of them close together. */
    static Arbitrary<List<Event>> events() {
        Arbitrary<Long> times =
                Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 300_000),
                        Arbitraries.longs().between(290_000, 300_000));
        return Combinators.combine(times, Arbitraries.of(Judgement.class))
                .as(Event::new)
                .list()
                .ofMaxSize(300);
    }
}
