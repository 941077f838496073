package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;

/**
 * An objective, flat. Serializable, since those of the options travel with the job graph.
 *
 * @param id its name
 * @param indicator name of the promise
 * @param thresholdMillis longest latency that keeps it; NaN for each request's own target
 * @param target share of the requests
 * @param periodMillis time over which the budget is reckoned
 * @param tenant only of this tenant, or null
 * @param model only for this model, or null
 * @param band name of the only priority band, or null
 * @param serviceTier only of this tier, or null
 * @param per name of the scope it is reckoned for each value of
 */
public record SloObjectiveState(
        String id,
        String indicator,
        double thresholdMillis,
        double target,
        long periodMillis,
        @Nullable String tenant,
        @Nullable String model,
        @Nullable String band,
        @Nullable String serviceTier,
        String per)
        implements Serializable {}
