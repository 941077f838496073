package io.sluice.apps.simulate;

import io.sluice.apps.trace.TokenCounts;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.apps.trace.shape.Target;
import io.sluice.apps.trace.workload.Prediction;
import io.sluice.apps.trace.workload.TraceOpener;
import io.sluice.apps.trace.workload.Workload;
import io.sluice.apps.trace.workload.WorkloadSpec;
import io.sluice.core.model.SloTarget;
import io.sluice.sim.engine.PromptBlocks;
import io.sluice.sim.workload.NoisyOracle;
import io.sluice.sim.workload.SimulatedRequest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;

/** A trace, through the readers of the replay, as requests to simulate. */
final class TraceRequests implements FleetStudy.Requests {

    private static final int RANKS = 5;

    /** First requests that are looked at to know what a trace is like. */
    private static final int SAMPLE = 10_000;

    private static final double NANOS_PER_MILLI = 1e6;

    private final LongFunction<WorkloadSpec> specs;
    private final Foresight foresight;
    private final TraceOpener traces;

    TraceRequests(LongFunction<WorkloadSpec> specs, Foresight foresight, TraceOpener traces) {
        this.specs = specs;
        this.foresight = foresight;
        this.traces = traces;
    }

    @Override
    public Iterator<SimulatedRequest> apply(long seed) {
        Predictor predictor = predictor(seed);
        Workload workload = Workload.open(specs.apply(seed), traces);
        Iterator<ShapedRequest> requests = workload.requests();
        return new Iterator<>() {
            private int index;

            @Override
            public boolean hasNext() {
                boolean more = requests.hasNext();
                if (!more) {
                    workload.close();
                }
                return more;
            }

            @Override
            public SimulatedRequest next() {
                return simulated(requests.next(), index++, predictor);
            }
        };
    }

    /** Predicts the length of an answer. */
    private interface Predictor {

        /** Tokens; 0 for no prediction. */
        int predict(TokenCounts recorded, int output, int index);
    }

    private Predictor predictor(long seed) {
        if (foresight instanceof Foresight.Noisy noisy) {
            NoisyOracle oracle = NoisyOracle.of(sample(seed), noisy.tau(), seed);
            return (recorded, output, index) -> oracle.predict(output, index);
        }
        Prediction prediction = ((Foresight.AsSent) foresight).prediction();
        return (recorded, output, index) -> {
            Integer predicted = prediction.of(recorded, output);
            return predicted == null ? 0 : predicted;
        };
    }

    /** Whether one of the first prompts of the trace says what it shares. */
    boolean tellPrefixes() {
        return first(0).stream()
                .anyMatch(shaped -> !shaped.timed().request().prefix().hashIds().isEmpty());
    }

    /** Lengths of the first answers of the trace. */
    private int[] sample(long seed) {
        return first(seed).stream().mapToInt(TraceRequests::output).toArray();
    }

    private List<ShapedRequest> first(long seed) {
        try (Workload workload = Workload.open(specs.apply(seed), traces)) {
            List<ShapedRequest> first = new ArrayList<>();
            Iterator<ShapedRequest> requests = workload.requests();
            while (first.size() < SAMPLE && requests.hasNext()) {
                first.add(requests.next());
            }
            return first;
        }
    }

    private static int output(ShapedRequest shaped) {
        return Math.min(
                shaped.timed().request().tokens().outputTokens(),
                shaped.maxTokens().orElse(Integer.MAX_VALUE));
    }

    private static SimulatedRequest simulated(
            ShapedRequest shaped, int index, Predictor predictor) {
        TraceRequest recorded = shaped.timed().request();
        long arrival = shaped.timed().offsetNanos();
        int output = output(shaped);
        int rank = Math.min(RANKS, Math.max(0, RANKS - 1 - shaped.priority()));
        String tenant = recorded.caller().tenant();
        SimulatedRequest request =
                SimulatedRequest.of(index, arrival, recorded.tokens().promptTokens(), output)
                        .withRank(rank, rank)
                        .withTenant(tenant == null ? SimulatedRequest.ONLY_TENANT : tenant)
                        .withPrediction(predictor.predict(recorded.tokens(), output, index))
                        .withContent(blocks(recorded), recorded.caller().sessionId())
                        .withTargets(
                                new SloTarget(
                                        millis(shaped, Target.TTFT),
                                        millis(shaped, Target.TPOT),
                                        millis(shaped, Target.E2E)));
        return shaped.millis(Target.DEADLINE).isPresent()
                ? request.withDeadline(
                        arrival
                                + Math.round(
                                        shaped.millis(Target.DEADLINE).getAsDouble()
                                                * NANOS_PER_MILLI))
                : request;
    }

    private static double millis(ShapedRequest shaped, Target target) {
        return shaped.millis(target).orElse(Double.NaN);
    }

    private static PromptBlocks blocks(TraceRequest recorded) {
        return recorded.prefix().hashIds().isEmpty()
                ? PromptBlocks.unknown()
                : PromptBlocks.of(
                        recorded.prefix().blockTokens(),
                        recorded.prefix().hashIds().stream().mapToLong(Long::longValue).toArray());
    }
}
