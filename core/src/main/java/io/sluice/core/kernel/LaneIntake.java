package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.Refusal;

/** How a lane takes requests in, or lets go of them at once. */
final class LaneIntake {

    private final Lane lane;
    private final LaneSettings settings;

    LaneIntake(Lane lane, LaneSettings settings) {
        this.lane = lane;
        this.settings = settings;
    }

    /** Takes in an attempt; what is said of one that is known stands at the lane's own method. */
    void take(PendingRequest request, int attempt, long now) {
        LaneEntry known = lane.entries().find(request.key());
        if (known != null && known.attempt() < attempt) {
            lane.supersede(known, now);
            known = null;
        }
        if (known == null && lane.releases().hasLetGoOfForeign(request.key(), attempt)) {
            lane.releases()
                    .release(
                            LaneEntry.waiting(request, attempt),
                            ReleaseReason.GIVEN_BACK,
                            "a run that was found here had the same number");
        } else if (known == null) {
            admit(LaneEntry.waiting(request, attempt), request, now);
        }
    }

    private void admit(LaneEntry entry, PendingRequest request, long now) {
        if (!lane.links().takeWork()) {
            boolean dead = lane.links().areDead();
            ReleaseReason reason = dead ? ReleaseReason.INSTANCE_DEAD : ReleaseReason.DRAINING;
            lane.releases().release(entry, reason, "the instance takes no work");
            return;
        }
        Refusal refusal = AdmissionView.refusal(lane, settings, request, now);
        if (refusal == null) {
            lane.entries().enqueue(entry, request);
        } else {
            lane.releases()
                    .release(entry, refusal.reason(), true, refusal.code(), refusal.message());
        }
    }
}
