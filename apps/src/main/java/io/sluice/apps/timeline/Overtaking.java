package io.sluice.apps.timeline;

import io.sluice.apps.timeline.TimelinePhase.Kind;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says why a request waited in a lane: who was sent from there meanwhile. */
final class Overtaking {

    private final RequestKey key;
    private final @Nullable Instant submittedAt;
    private final int priority;
    private final List<LaneDispatch> sent;

    /**
     * Explains the waits of one request.
     *
     * @param key the request
     * @param submittedAt when it was submitted, or null if that is not known
     * @param priority its priority
     * @param sent what lanes sent; the same may be there twice
     */
    Overtaking(
            RequestKey key,
            @Nullable Instant submittedAt,
            int priority,
            Collection<LaneDispatch> sent) {
        this.key = key;
        this.submittedAt = submittedAt;
        this.priority = priority;
        this.sent = List.copyOf(sent);
    }

    /**
     * The phase with what is known of its length.
     *
     * @param end what ended it, or null if it lasts
     */
    TimelinePhase explain(TimelinePhase phase, @Nullable TimelineEntry end) {
        if (phase.kind() != Kind.QUEUE || phase.instanceId() == null) {
            return phase;
        }
        List<LaneDispatch> before = before(phase);
        if (before.isEmpty()) {
            return phase;
        }
        String policy = end == null ? null : end.details().get("policy");
        String by = policy == null ? "" : " by " + policy;
        return phase.because(
                phase.why() + ", which sent " + before.size() + " before it" + by + later(before));
    }

    private List<LaneDispatch> before(TimelinePhase phase) {
        Set<List<Object>> seen = new HashSet<>();
        return sent.stream()
                .filter(other -> other.instanceId().equals(phase.instanceId()))
                .filter(other -> !other.decidedAt().isBefore(phase.from()))
                .filter(other -> phase.to() == null || !other.decidedAt().isAfter(phase.to()))
                .filter(other -> !isOwn(other))
                .filter(other -> seen.add(List.of(other.epoch(), other.seq())))
                .toList();
    }

    private boolean isOwn(LaneDispatch other) {
        return other.requestId().equals(key.requestId()) && other.tenant().equals(key.tenant());
    }

    private String later(List<LaneDispatch> before) {
        long late = before.stream().filter(this::isLater).count();
        if (late == 0) {
            return "";
        }
        long urgent = before.stream().filter(o -> isLater(o) && o.priority() > priority).count();
        String more = urgent == 0 ? "" : ", " + urgent + " of these with a higher priority";
        return "; " + late + " of them had been submitted later" + more;
    }

    private boolean isLater(LaneDispatch other) {
        return submittedAt != null
                && other.submittedAt() != null
                && other.submittedAt().isAfter(submittedAt);
    }
}
