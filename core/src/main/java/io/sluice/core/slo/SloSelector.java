package io.sluice.core.slo;

import io.sluice.core.model.PriorityBand;

import org.jspecify.annotations.Nullable;

/**
 * Which requests an objective is about; null stands for any.
 *
 * @param tenant who submitted them
 * @param model model they asked for
 * @param band their priority band
 * @param serviceTier service tier they asked for
 */
public record SloSelector(
        @Nullable String tenant,
        @Nullable String model,
        @Nullable PriorityBand band,
        @Nullable String serviceTier) {

    /** Every request. */
    public static final SloSelector ANY = new SloSelector(null, null, null, null);

    /** Whether a request is chosen. */
    public boolean selects(SloRequest request) {
        return allows(tenant, request.labels().tenant())
                && allows(model, request.labels().model())
                && (band == null || band == PriorityBand.of(request.labels().priority()))
                && allows(serviceTier, request.serviceTier());
    }

    private static boolean allows(@Nullable String wanted, @Nullable String present) {
        return wanted == null || wanted.equals(present);
    }
}
