package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * A change of objectives.
 *
 * @param set objective that is set, or null
 * @param remove id of the objective that is removed, or null; both null: the record is about
 *     something else
 * @param position where the change is in the control topic
 */
public record ObjectiveChange(
        @Nullable SloObjectiveState set, @Nullable String remove, LogPosition position) {}
