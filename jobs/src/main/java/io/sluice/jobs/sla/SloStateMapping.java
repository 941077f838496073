package io.sluice.jobs.sla;

import io.sluice.core.model.PriorityBand;
import io.sluice.core.slo.AlertSeverity;
import io.sluice.core.slo.BurnRate;
import io.sluice.core.slo.Indicator;
import io.sluice.core.slo.OpenAlert;
import io.sluice.core.slo.SlidingCounts;
import io.sluice.core.slo.SloObjective;
import io.sluice.core.slo.SloReport;
import io.sluice.core.slo.SloScope;
import io.sluice.core.slo.SloSelector;
import io.sluice.core.slo.SlotCounts;
import io.sluice.core.slo.SlotScale;
import io.sluice.jobs.state.BurnRateState;
import io.sluice.jobs.state.OpenAlertState;
import io.sluice.jobs.state.SloObjectiveState;
import io.sluice.jobs.state.SloReportState;
import io.sluice.jobs.state.SlotLevelState;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToLongFunction;

/** Between what is kept of objectives in state and the values of the core. */
public final class SloStateMapping {

    private SloStateMapping() {}

    /** An objective for state. */
    public static SloObjectiveState state(SloObjective objective) {
        SloSelector selector = objective.selector();
        return new SloObjectiveState(
                objective.id(),
                objective.promise().indicator().name(),
                objective.promise().thresholdMillis(),
                objective.goal().target(),
                objective.goal().periodMillis(),
                selector.tenant(),
                selector.model(),
                selector.band() == null ? null : selector.band().name(),
                selector.serviceTier(),
                objective.per().name());
    }

    /** An objective for the core. */
    public static SloObjective objective(SloObjectiveState state) {
        return new SloObjective(
                state.id(),
                new SloSelector(
                        state.tenant(),
                        state.model(),
                        state.band() == null ? null : PriorityBand.valueOf(state.band()),
                        state.serviceTier()),
                SloScope.valueOf(state.per()),
                new SloObjective.Promise(
                        Indicator.valueOf(state.indicator()), state.thresholdMillis()),
                new SloObjective.Goal(state.target(), state.periodMillis()));
    }

    /**
     * Tells objectives apart whose counts mean different things: equal where {@link
     * SloObjective#countsLike} holds, on every machine.
     */
    static int definition(SloObjectiveState state) {
        String text =
                String.join(
                        "\n",
                        state.id(),
                        state.indicator(),
                        Double.toString(state.thresholdMillis()),
                        String.valueOf(state.tenant()),
                        String.valueOf(state.model()),
                        String.valueOf(state.band()),
                        String.valueOf(state.serviceTier()),
                        state.per());
        return text.hashCode();
    }

    static List<SlotLevelState> levels(SlidingCounts counts) {
        List<SlotLevelState> levels = new ArrayList<>();
        for (int level = 0; level < SlotScale.LEVELS; level++) {
            SortedMap<Long, SlotCounts> slots = counts.slots(level);
            Collection<SlotCounts> values = slots.values();
            levels.add(
                    new SlotLevelState(
                            slots.keySet().stream().mapToLong(Long::longValue).toArray(),
                            column(values, SlotCounts::good),
                            column(values, SlotCounts::bad),
                            column(values, SlotCounts::excluded),
                            column(values, SlotCounts::late)));
        }
        return levels;
    }

    static SlidingCounts counts(List<SlotLevelState> levels, SlotScale scale) {
        SlidingCounts counts = new SlidingCounts(scale);
        for (int level = 0; level < levels.size(); level++) {
            SlotLevelState slots = levels.get(level);
            for (int i = 0; i < slots.starts().length; i++) {
                counts.put(
                        level,
                        slots.starts()[i],
                        new SlotCounts(
                                slots.good()[i],
                                slots.bad()[i],
                                slots.excluded()[i],
                                slots.late()[i]));
            }
        }
        return counts;
    }

    static OpenAlertState state(OpenAlert alert) {
        OpenAlert.Told told = alert.told();
        return new OpenAlertState(
                alert.severity().name(),
                alert.openedAtMillis(),
                alert.seq(),
                alert.calmSinceMillis(),
                told.atMillis(),
                told.factor(),
                told.burnRate(),
                told.budgetLeft(),
                told.causes());
    }

    static OpenAlert alert(OpenAlertState state) {
        return new OpenAlert(
                AlertSeverity.valueOf(state.severity()),
                state.openedAtMillis(),
                state.seq(),
                new OpenAlert.Told(
                        state.toldAtMillis(),
                        state.toldFactor(),
                        state.toldBurnRate(),
                        state.toldBudgetLeft(),
                        state.toldCauses() == null ? List.of() : state.toldCauses()),
                state.calmSinceMillis());
    }

    static SloReportState state(SloReport report) {
        return new SloReportState(
                report.atMillis(),
                report.late(),
                report.excluded(),
                state(report.period()),
                report.burnRates().stream().map(SloStateMapping::state).toList());
    }

    /** A report for the core. */
    public static SloReport report(SloReportState state) {
        return new SloReport(
                state.atMillis(),
                state.late(),
                state.excluded(),
                burnRate(state.period()),
                state.burnRates().stream().map(SloStateMapping::burnRate).toList());
    }

    static BurnRateState state(BurnRate rate) {
        return new BurnRateState(
                rate.windowMillis(), rate.fromMillis(), rate.good(), rate.bad(), rate.rate());
    }

    private static BurnRate burnRate(BurnRateState state) {
        return new BurnRate(
                state.windowMillis(), state.fromMillis(), state.good(), state.bad(), state.rate());
    }

    private static long[] column(Collection<SlotCounts> slots, ToLongFunction<SlotCounts> of) {
        return slots.stream().mapToLong(of).toArray();
    }
}
