package io.sluice.apps.timeline;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What one record tells.
 *
 * @param identity what makes two records tell of the same thing
 * @param entry what it tells
 */
record Fact(List<?> identity, TimelineEntry entry) {

    /** Identity of a decision, and of the command or the hand-back that follows from it. */
    static List<?> identity(
            String kind, @Nullable String instanceId, int attempt, long epoch, long seq) {
        return List.of(kind, instanceId == null ? "" : instanceId, attempt, epoch, seq);
    }
}
