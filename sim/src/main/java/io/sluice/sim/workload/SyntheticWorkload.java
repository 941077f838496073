package io.sluice.sim.workload;

import io.sluice.sim.random.Draws;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Requests put together from an arrival shape, lengths, callers and deadlines. Each of these draws
 * from its own stream of the seed, so that another mix of classes, say, moves no arrival. Drawn as
 * it is read.
 */
public final class SyntheticWorkload implements Workload {

    private final SyntheticSettings settings;

    /** A workload with settings. */
    public SyntheticWorkload(SyntheticSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public Iterator<SimulatedRequest> requests(long seed) {
        return new Stream(seed);
    }

    private final class Stream implements Iterator<SimulatedRequest> {
        private final ArrivalTimes arrivals;
        private final Draws prompts;
        private final Draws outputs;
        private final Draws predictions;
        private final Draws ranks;
        private final Draws tenants;
        private final Draws deadlines;
        private final double[] rankWeights;
        private final double[] tenantWeights;
        private int next;

        Stream(long seed) {
            arrivals = ArrivalTimes.of(settings.arrivals(), seed);
            prompts = Draws.of(seed, "prompts");
            outputs = Draws.of(seed, "outputs");
            predictions = Draws.of(seed, "predictions");
            ranks = Draws.of(seed, "ranks");
            tenants = Draws.of(seed, "tenants");
            deadlines = Draws.of(seed, "deadlines");
            SyntheticSettings.Callers callers = settings.callers();
            rankWeights = callers.rankWeights().stream().mapToDouble(Double::doubleValue).toArray();
            tenantWeights =
                    callers.tenants().stream()
                            .mapToDouble(SyntheticSettings.TenantShare::weight)
                            .toArray();
        }

        @Override
        public boolean hasNext() {
            return next < settings.requests();
        }

        @Override
        public SimulatedRequest next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all " + next + " requests are drawn");
            }
            int output = settings.lengths().outputs().draw(outputs);
            int rank = ranks.weighted(rankWeights);
            SimulatedRequest request =
                    SimulatedRequest.of(
                                    next++,
                                    arrivals.getAsLong(),
                                    settings.lengths().prompts().draw(prompts),
                                    output)
                            .withRank(rank, rank)
                            .withTenant(drawTenant())
                            .withPrediction(predicted(output));
            return request.withDeadline(settings.deadlines().deadlineNanos(request, deadlines));
        }

        private String drawTenant() {
            int tenant = tenants.weighted(tenantWeights);
            return settings.callers().tenants().get(tenant).tenant();
        }

        private int predicted(int output) {
            double sigma = settings.lengths().predictionSigma();
            if (sigma == 0) {
                return output;
            }
            double tokens = predictions.logNormal(output, sigma);
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(tokens)));
        }
    }
}
