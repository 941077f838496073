package io.sluice.sim.result;

import io.sluice.core.policy.fairness.JainIndex;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.ServiceRates;
import io.sluice.sim.fleet.RequestResult;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How evenly tenants are served. The speed of a request is the time that it would take without
 * waiting, divided by the time that it took: 1 for one that found no queue, 0 for one that was not
 * completed. What a tenant has is the mean speed of its requests, so that neither many nor long
 * requests make it look better or worse served.
 */
final class TenantSpeeds {

    private static final double MILLIS_PER_SECOND = 1e3;

    private final ServiceRates alone;
    private final Map<String, Tenant> tenants = new HashMap<>();

    /**
     * Nobody yet.
     *
     * @param engine on which requests would run without waiting
     */
    TenantSpeeds(EngineProfile engine) {
        alone = ServiceRates.of(engine);
    }

    void add(RequestResult result) {
        tenants.computeIfAbsent(result.request().tenant(), name -> new Tenant())
                .add(result.isCompleted() ? speed(result) : 0);
    }

    private double speed(RequestResult result) {
        double millis =
                alone.serviceMillis(
                        result.request().promptTokens(), result.request().outputTokens());
        double taken = result.latencySeconds() * MILLIS_PER_SECOND;
        return taken <= millis ? 1 : millis / taken;
    }

    /** Jain's index over the tenants. */
    double jain() {
        List<Double> means = tenants.values().stream().map(Tenant::mean).toList();
        return JainIndex.of(means);
    }

    private static final class Tenant {
        private double sum;
        private long count;

        void add(double speed) {
            sum += speed;
            count++;
        }

        double mean() {
            return sum / count;
        }
    }
}
