package io.sluice.apps.page.live;

import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;

import org.jspecify.annotations.Nullable;

/**
 * An objective, as the page shows it. What it does not restrict is null.
 *
 * @param id its name
 * @param indicator what is promised, as the topic names it
 * @param thresholdMillis longest latency that keeps it; null: each request's own target
 * @param target share of the requests that is to keep it, 0 to 1
 * @param periodMillis time over which its budget is reckoned
 * @param tenant only requests of this tenant
 * @param model only requests for this model
 * @param band only requests of this class
 * @param tier only requests of this service tier
 * @param per what it is reckoned for one by one, {@code ALL} if for nothing
 */
public record Promise(
        String id,
        String indicator,
        @Nullable Double thresholdMillis,
        double target,
        long periodMillis,
        @Nullable String tenant,
        @Nullable String model,
        @Nullable String band,
        @Nullable String tier,
        String per) {

    static Promise of(SloObjective objective) {
        return new Promise(
                objective.getId(),
                objective.getIndicator().name(),
                objective.getThresholdMs(),
                objective.getTarget(),
                objective.getPeriodMs(),
                objective.getTenant(),
                objective.getModel(),
                objective.getPriorityClass(),
                objective.getServiceTier(),
                objective.getPer().name());
    }

    /** Whether it can be about what is selected. */
    boolean concerns(Selection selection) {
        return selection.isTenant(tenant) && selection.isModel(model) && selection.isBand(band);
    }

    /** Whether a value of a scope can be about what is selected. */
    static boolean concerns(SloScope scope, String value, Selection selection) {
        return switch (scope) {
            case TENANT -> selection.isTenant(value);
            case MODEL -> selection.isModel(value);
            case PRIORITY -> selection.isBand(value);
            case INSTANCE -> selection.isInstance(value);
            case ALL, TIER, UNKNOWN -> true;
        };
    }
}
