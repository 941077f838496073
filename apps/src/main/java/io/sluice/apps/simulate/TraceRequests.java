package io.sluice.apps.simulate;

import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.apps.trace.shape.Target;
import io.sluice.apps.trace.workload.Prediction;
import io.sluice.apps.trace.workload.Workload;
import io.sluice.apps.trace.workload.WorkloadSpec;
import io.sluice.core.model.SloTarget;
import io.sluice.sim.engine.PromptBlocks;
import io.sluice.sim.workload.SimulatedRequest;

import java.util.Iterator;
import java.util.function.LongFunction;

/** A trace, through the readers of the replay, as requests to simulate. */
final class TraceRequests implements FleetStudy.Requests {

    private static final int RANKS = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private final LongFunction<WorkloadSpec> specs;
    private final Prediction prediction;

    TraceRequests(LongFunction<WorkloadSpec> specs, Prediction prediction) {
        this.specs = specs;
        this.prediction = prediction;
    }

    @Override
    public Iterator<SimulatedRequest> apply(long seed) {
        Workload workload = Workload.open(specs.apply(seed));
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
                return simulated(requests.next(), index++);
            }
        };
    }

    private SimulatedRequest simulated(ShapedRequest shaped, int index) {
        TraceRequest recorded = shaped.timed().request();
        long arrival = shaped.timed().offsetNanos();
        int output =
                Math.min(
                        recorded.tokens().outputTokens(),
                        shaped.maxTokens().orElse(Integer.MAX_VALUE));
        Integer predicted = prediction.of(recorded.tokens(), output);
        int rank = Math.min(RANKS, Math.max(0, RANKS - 1 - shaped.priority()));
        String tenant = recorded.caller().tenant();
        SimulatedRequest request =
                SimulatedRequest.of(index, arrival, recorded.tokens().promptTokens(), output)
                        .withRank(rank, rank)
                        .withTenant(tenant == null ? SimulatedRequest.ONLY_TENANT : tenant)
                        .withPrediction(predicted == null ? 0 : predicted)
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
