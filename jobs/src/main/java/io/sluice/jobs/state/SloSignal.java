package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * What every series hears: one of the two.
 *
 * @param change a change of objectives, or null
 * @param causes the causes there are, or null
 */
public record SloSignal(@Nullable ObjectiveChange change, @Nullable CausesAt causes) {

    /** Objectives change. */
    public static SloSignal of(ObjectiveChange change) {
        return new SloSignal(change, null);
    }

    /** Causes have changed. */
    public static SloSignal of(CausesAt causes) {
        return new SloSignal(null, causes);
    }
}
