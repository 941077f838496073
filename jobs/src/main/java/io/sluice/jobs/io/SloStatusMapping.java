package io.sluice.jobs.io;

import io.sluice.core.slo.SloReport;
import io.sluice.jobs.sla.SloStateMapping;
import io.sluice.jobs.state.BurnRateState;
import io.sluice.jobs.state.SloObjectiveState;
import io.sluice.jobs.state.SloStatusUpdate;
import io.sluice.schemas.avro.BurnRate;
import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;
import io.sluice.schemas.avro.SloStatus;
import io.sluice.wire.Objectives;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.OptionalDouble;

/** From how a series stands to its record on the topic. */
final class SloStatusMapping {

    private SloStatusMapping() {}

    static String key(SloStatusUpdate update) {
        return "%s/%s/%s".formatted(update.objective().id(), update.scope(), update.scopeValue());
    }

    static SloStatus record(SloStatusUpdate update) {
        SloReport report = SloStateMapping.report(update.report());
        return SloStatus.newBuilder()
                .setObjective(objective(update.objective()))
                .setScope(SloScope.valueOf(update.scope()))
                .setScopeValue(update.scopeValue())
                .setEvaluatedAt(Instant.ofEpochMilli(report.atMillis()))
                .setPeriodStart(Instant.ofEpochMilli(report.period().fromMillis()))
                .setGood(report.period().good())
                .setBad(report.period().bad())
                .setExcluded(report.excluded())
                .setMatched(report.matched())
                .setAttainment(orNull(report.attainment()))
                .setBudgetLeft(report.budgetLeft())
                .setBurnRates(
                        update.report().burnRates().stream()
                                .map(SloStatusMapping::burnRate)
                                .toList())
                .setLate(report.late())
                .setRemoved(update.removed())
                .setEmittedAt(Instant.ofEpochMilli(update.emittedAtMillis()))
                .build();
    }

    static SloObjective objective(SloObjectiveState state) {
        return Objectives.write(SloStateMapping.objective(state));
    }

    static BurnRate burnRate(BurnRateState state) {
        return BurnRate.newBuilder()
                .setWindowMs(state.windowMillis())
                .setFrom(Instant.ofEpochMilli(state.fromMillis()))
                .setGood(state.good())
                .setBad(state.bad())
                .setBurnRate(state.rate())
                .build();
    }

    static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
