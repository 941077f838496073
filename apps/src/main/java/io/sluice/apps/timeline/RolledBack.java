package io.sluice.apps.timeline;

import java.util.List;

/**
 * Which decisions did not hold. A job attempt that takes over starts from a checkpoint: what the
 * one before it decided since then is taken back, though its records stay. That shows where the
 * later one decides the same anew: gives the request to a lane under a number of an attempt that
 * had been given, or closes what had been closed. What a worker turns out to hold stands all the
 * same: it is adopted, not decided again.
 */
final class RolledBack {

    private final List<TimelineEntry> decisions;
    private final List<TimelineEntry> outcomes;

    RolledBack(List<TimelineEntry> entries) {
        decisions = entries.stream().filter(RolledBack::isDecision).toList();
        outcomes = entries.stream().filter(entry -> entry.stage() == Stage.OUTCOME).toList();
    }

    private static boolean isDecision(TimelineEntry entry) {
        return entry.clock() == TimeSource.JOB && entry.epoch() > 0;
    }

    /** The entry, marked if it did not hold. */
    TimelineEntry mark(TimelineEntry entry) {
        boolean undone =
                isDecision(entry)
                        && decisions.stream()
                                .anyMatch(later -> undoes(later, entry) && !isApart(later, entry));
        return undone ? entry.takenBack() : entry;
    }

    private boolean undoes(TimelineEntry later, TimelineEntry entry) {
        if (later.epoch() <= entry.epoch()) {
            return false;
        }
        if (entry.stage() == Stage.END) {
            return true;
        }
        boolean again = later.event().equals(entry.event()) && later.attempt() == entry.attempt();
        boolean anew =
                later.event().equals("ROUTE")
                        && entry.attempt() > 0
                        && later.attempt() <= entry.attempt();
        return (again || anew) && !isAdopted(entry, later);
    }

    private boolean isAdopted(TimelineEntry entry, TimelineEntry later) {
        return decisions.stream()
                .anyMatch(
                        found ->
                                found.event().equals("ADOPT")
                                        && found.epoch() >= later.epoch()
                                        && found.attempt() == entry.attempt()
                                        && isSame(found, entry));
    }

    private static boolean isSame(TimelineEntry found, TimelineEntry entry) {
        return found.instanceId() != null && found.instanceId().equals(entry.instanceId());
    }

    /** Ids may be used again once they are forgotten: then an outcome lies between the two. */
    private boolean isApart(TimelineEntry later, TimelineEntry entry) {
        return outcomes.stream()
                .anyMatch(end -> !end.at().isBefore(entry.at()) && end.at().isBefore(later.at()));
    }
}
