package io.sluice.apps.timeline;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that is known of a request's life.
 *
 * @param at when
 * @param clock whose clock that is read on
 * @param stage where in the life of the request this is
 * @param event what happened, as one of the symbols of its record: {@code ROUTE}, {@code
 *     FIRST_TOKEN}, {@code Completed}
 * @param what the same in words; holds what clients and workers wrote, as they wrote it
 * @param instanceId instance concerned, or null
 * @param attempt attempt concerned, 0 if none
 * @param epoch job attempt that did it or was answered, 0 if none
 * @param rolledBack whether it was decided by a job attempt that was rolled back, and did not hold
 * @param details what else is known, by name, units included; in the order to show it
 * @param origins the records that tell of it
 */
public record TimelineEntry(
        Instant at,
        TimeSource clock,
        Stage stage,
        String event,
        String what,
        @Nullable String instanceId,
        int attempt,
        long epoch,
        boolean rolledBack,
        Map<String, String> details,
        List<Origin> origins) {

    /** Copies the details, in their order, and the origins. */
    public TimelineEntry {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        origins = List.copyOf(origins);
    }

    TimelineEntry saying(String words) {
        return new TimelineEntry(
                at,
                clock,
                stage,
                event,
                words,
                instanceId,
                attempt,
                epoch,
                rolledBack,
                details,
                origins);
    }

    TimelineEntry takenBack() {
        return new TimelineEntry(
                at, clock, stage, event, what, instanceId, attempt, epoch, true, details, origins);
    }

    /** The same, known from one more record, which may tell more. */
    TimelineEntry with(TimelineEntry other) {
        Map<String, String> all = new LinkedHashMap<>(details);
        other.details().forEach(all::putIfAbsent);
        List<Origin> both = new ArrayList<>(origins);
        both.addAll(other.origins());
        return new TimelineEntry(
                at, clock, stage, event, what, instanceId, attempt, epoch, rolledBack, all, both);
    }
}
