package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A series of an objective.
 *
 * @param objective the objective by which it counts
 * @param levels counts by resolution, finest first
 * @param alerts open alerts, at most one of each severity
 * @param published the report published last, or null
 * @param evaluatedAtMillis end of the slot evaluated last
 * @param slotMillis length of the finest slot
 */
public record SloSeriesState(
        SloObjectiveState objective,
        List<SlotLevelState> levels,
        List<OpenAlertState> alerts,
        @Nullable SloReportState published,
        long evaluatedAtMillis,
        long slotMillis) {}
