package io.sluice.sim.calibration;

import io.sluice.sim.calibration.ReplayedRequest.Moment;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A measured run beside what the model predicts of it. Only requests whose tokens are all known and
 * that the model completes are compared.
 *
 * @param values latencies: mean and percentiles of each
 * @param curves batch and queue over time; none if nothing was measured
 * @param compared requests compared
 * @param unqueued those of them that found a free place when they came
 */
public record RunComparison(
        List<ComparedValue> values, List<CurveComparison> curves, int compared, int unqueued) {

    private static final double SECONDS = 1e-9;
    private static final double[] PERCENTILES = {0.5, 0.9, 0.99};

    /** Keeps its own copy of the lists. */
    public RunComparison {
        values = List.copyOf(values);
        curves = List.copyOf(curves);
    }

    /**
     * Simulates a whole log and compares.
     *
     * @param engine the model
     * @param log what was measured
     * @param occupancy the measured batch and queue at some times; may be empty
     */
    public static RunComparison of(
            MeasuredEngine engine, MeasuredLog log, List<Occupancy> occupancy) {
        return of(engine, log, occupancy, Long.MIN_VALUE);
    }

    /**
     * Simulates a whole log and compares what happened after a time.
     *
     * @param engine the model
     * @param log what was measured
     * @param afterNanos only requests with a later last token are compared
     */
    public static RunComparison after(MeasuredEngine engine, MeasuredLog log, long afterNanos) {
        return of(engine, log, List.of(), afterNanos);
    }

    private static RunComparison of(
            MeasuredEngine engine, MeasuredLog log, List<Occupancy> occupancy, long afterNanos) {
        List<ReplayedRequest> replay = EngineReplay.of(engine, log);
        boolean[] unqueued = new LogEvidence(log).foundPlace(engine);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < replay.size(); i++) {
            MeasuredRequest measured = log.requests().get(i);
            Moment first = replay.get(i).firstToken;
            Moment last = replay.get(i).lastToken;
            if (measured.complete()
                    && measured.lastTokenNanos().orElseThrow() > afterNanos
                    && first != null
                    && last != null) {
                pairs.add(new Pair(measured, first.nanos(), last.nanos(), unqueued[i]));
            }
        }
        return new RunComparison(
                values(pairs),
                curves(occupancy, log, replay),
                pairs.size(),
                (int) pairs.stream().filter(Pair::unqueued).count());
    }

    /** The value of a name. */
    public ComparedValue value(String name) {
        return values.stream()
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "run comparison: no value %s, there are %s"
                                                .formatted(
                                                        name,
                                                        values.stream()
                                                                .map(ComparedValue::name)
                                                                .toList())));
    }

    /** A request, measured and replayed. */
    private record Pair(MeasuredRequest measured, long first, long last, boolean unqueued) {
        double ttft() {
            return (first - measured.arrivalNanos()) * SECONDS;
        }

        double tpot() {
            return (last - first) * SECONDS / (measured.request().producedTokens() - 1);
        }

        double endToEnd() {
            return (last - measured.arrivalNanos()) * SECONDS;
        }
    }

    private static List<ComparedValue> values(List<Pair> pairs) {
        List<ComparedValue> values = new ArrayList<>();
        Latency ttft = Latency.of(pairs, MeasuredRequest::ttftSeconds, Pair::ttft, 1);
        ttft.addTo(values, "ttft", "s");
        List<Pair> alone = pairs.stream().filter(Pair::unqueued).toList();
        Latency unqueued = Latency.of(alone, MeasuredRequest::ttftSeconds, Pair::ttft, 1);
        unqueued.addMean(values, "ttft_unqueued", "s");
        List<Pair> longer = pairs.stream().filter(pair -> pair.measured().hasTpot()).toList();
        Latency.of(longer, MeasuredRequest::tpotSeconds, Pair::tpot, 1e3)
                .addTo(values, "tpot", "ms");
        Latency.of(pairs, MeasuredRequest::endToEndSeconds, Pair::endToEnd, 1)
                .addTo(values, "e2e", "s");
        return values;
    }

    /** One latency of all requests, measured and predicted. */
    private record Latency(Sample measured, Sample predicted) {
        static Latency of(
                List<Pair> pairs,
                ToDoubleFunction<MeasuredRequest> measured,
                ToDoubleFunction<Pair> predicted,
                double unit) {
            return new Latency(
                    new Sample(
                            pairs.stream()
                                    .mapToDouble(p -> unit * measured.applyAsDouble(p.measured()))
                                    .toArray()),
                    new Sample(
                            pairs.stream()
                                    .mapToDouble(p -> unit * predicted.applyAsDouble(p))
                                    .toArray()));
        }

        void addMean(List<ComparedValue> values, String name, String unit) {
            if (measured.size() > 0) {
                values.add(
                        new ComparedValue(name + "_mean", unit, measured.mean(), predicted.mean()));
            }
        }

        void addTo(List<ComparedValue> values, String name, String unit) {
            addMean(values, name, unit);
            for (double p : PERCENTILES) {
                if (measured.size() > 0) {
                    values.add(
                            new ComparedValue(
                                    name + "_p" + Math.round(p * 100),
                                    unit,
                                    measured.at(p),
                                    predicted.at(p)));
                }
            }
        }
    }

    private static List<CurveComparison> curves(
            List<Occupancy> measured, MeasuredLog log, List<ReplayedRequest> replay) {
        if (measured.isEmpty()) {
            return List.of();
        }
        List<Occupancy> predicted =
                measured.stream().map(point -> occupancy(point.atNanos(), log, replay)).toList();
        return List.of(
                curve("running", measured, predicted, Occupancy::running),
                curve("waiting", measured, predicted, Occupancy::waiting));
    }

    private static CurveComparison curve(
            String name,
            List<Occupancy> measured,
            List<Occupancy> predicted,
            ToIntFunction<Occupancy> count) {
        return new CurveComparison(
                name,
                measured.stream().mapToInt(count).average().orElse(Double.NaN),
                predicted.stream().mapToInt(count).average().orElse(Double.NaN),
                IntStream.range(0, measured.size())
                        .map(
                                i ->
                                        Math.abs(
                                                count.applyAsInt(measured.get(i))
                                                        - count.applyAsInt(predicted.get(i))))
                        .average()
                        .orElse(Double.NaN));
    }

    private static Occupancy occupancy(long nanos, MeasuredLog log, List<ReplayedRequest> replay) {
        int running = 0;
        int waiting = 0;
        for (int i = 0; i < replay.size(); i++) {
            ReplayedRequest request = replay.get(i);
            if (happened(request.started, nanos)) {
                running += happened(request.lastToken, nanos) ? 0 : 1;
            } else if (request.lastToken != null && log.requests().get(i).arrivalNanos() <= nanos) {
                waiting++;
            }
        }
        return new Occupancy(nanos, running, waiting);
    }

    private static boolean happened(@Nullable Moment moment, long nanos) {
        return moment != null && moment.nanos() <= nanos;
    }
}
