package io.sluice.wire;

import io.sluice.core.model.PriorityBand;
import io.sluice.core.slo.Indicator;
import io.sluice.core.slo.SloObjective;
import io.sluice.core.slo.SloScope;
import io.sluice.core.slo.SloSelector;
import io.sluice.schemas.avro.SloIndicator;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Between objectives as records on topics and as values of the core. */
public final class Objectives {

    private Objectives() {}

    /**
     * What a record asks for.
     *
     * @throws IllegalArgumentException if it makes no sense, with the field and what is allowed
     */
    public static SloObjective read(io.sluice.schemas.avro.SloObjective record) {
        if (record.getIndicator() == SloIndicator.UNKNOWN
                || record.getPer() == io.sluice.schemas.avro.SloScope.UNKNOWN) {
            throw new IllegalArgumentException(
                    "indicator or per of objective '%s' is unknown to this version"
                            .formatted(record.getId()));
        }
        Double threshold = record.getThresholdMs();
        return new SloObjective(
                record.getId(),
                new SloSelector(
                        record.getTenant(),
                        record.getModel(),
                        band(record.getPriorityClass()),
                        record.getServiceTier()),
                SloScope.valueOf(record.getPer().name()),
                new SloObjective.Promise(
                        Indicator.valueOf(record.getIndicator().name()),
                        threshold == null ? Double.NaN : threshold),
                new SloObjective.Goal(record.getTarget(), record.getPeriodMs()));
    }

    /** The record of an objective. */
    public static io.sluice.schemas.avro.SloObjective write(SloObjective objective) {
        SloSelector selector = objective.selector();
        double threshold = objective.promise().thresholdMillis();
        return io.sluice.schemas.avro.SloObjective.newBuilder()
                .setId(objective.id())
                .setIndicator(SloIndicator.valueOf(objective.promise().indicator().name()))
                .setThresholdMs(Double.isNaN(threshold) ? null : threshold)
                .setTarget(objective.goal().target())
                .setPeriodMs(objective.goal().periodMillis())
                .setTenant(selector.tenant())
                .setModel(selector.model())
                .setPriorityClass(selector.band() == null ? null : selector.band().label())
                .setServiceTier(selector.serviceTier())
                .setPer(io.sluice.schemas.avro.SloScope.valueOf(objective.per().name()))
                .build();
    }

    /**
     * The band of that label; null for none.
     *
     * @throws IllegalArgumentException naming the labels, if there is none such
     */
    static @Nullable PriorityBand band(@Nullable String label) {
        if (label == null) {
            return null;
        }
        return Arrays.stream(PriorityBand.values())
                .filter(band -> band.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "priority_class = '%s' must be one of %s"
                                                .formatted(label, labels())));
    }

    private static String labels() {
        return Arrays.stream(PriorityBand.values())
                .map(PriorityBand::label)
                .collect(Collectors.joining(", "));
    }
}
