package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.ReleaseReason;

/**
 * What a lane looks after as time passes though nothing happens: the leases of the living, how long
 * the dead are remembered, and what waits for an instance that was never heard of. Not stored: a
 * restored lane looks at once.
 */
final class LaneWatch {

    private final LaneSettings settings;
    private long orphanedSince = PendingRequest.NEVER;
    private long nextCheck = PendingRequest.NEVER;

    LaneWatch(LaneSettings settings) {
        this.settings = settings;
    }

    /** When to look again; {@link PendingRequest#NEVER} if never. */
    long nextMillis() {
        return Math.min(nextCheck, orphanEnd());
    }

    /**
     * Declares dead whose lease is over, and forgets who has been dead for long.
     *
     * @param log how far the workers' log has been read
     */
    void checkLeases(Lane lane, LaneReports reports, LogClock log, long now) {
        nextCheck = PendingRequest.NEVER;
        for (InstanceLink link : lane.links().copy()) {
            if (link.leaseOver(log, settings.leaseMillis())) {
                reports.die(link);
            }
            long left = link.memoryLeftMillis(log, settings.leaseMillis(), settings.forgetMillis());
            if (left == 0) {
                lane.capacity().disconnect(link);
            } else if (left != Long.MAX_VALUE) {
                checkBy(now + Math.max(left, settings.leaseCheckMillis()));
            }
        }
    }

    /** Takes in how the lane stands after an input. */
    void look(Lane lane, long now) {
        watchOrphans(lane, now);
        watchInstances(lane.links(), now);
    }

    /** The living are watched for their death, the dead until they may be forgotten. */
    private void watchInstances(LaneLinks links, long now) {
        if (links.isEmpty()) {
            nextCheck = PendingRequest.NEVER;
        } else if (links.areDead()) {
            checkBy(now + settings.forgetMillis());
        } else {
            checkBy(now + settings.leaseCheckMillis());
        }
    }

    /** Requests for an instance that nobody has heard of go back after a while. */
    private void watchOrphans(Lane lane, long now) {
        if (!lane.links().isEmpty() || lane.queue().isEmpty()) {
            orphanedSince = PendingRequest.NEVER;
        } else if (orphanedSince == PendingRequest.NEVER) {
            orphanedSince = now;
        } else if (now >= orphanEnd()) {
            orphanedSince = PendingRequest.NEVER;
            lane.capacity()
                    .handBack(ReleaseReason.INSTANCE_DEAD, "the instance was never heard of");
        }
    }

    private void checkBy(long millis) {
        nextCheck = Math.min(nextCheck, millis);
    }

    private long orphanEnd() {
        return orphanedSince == PendingRequest.NEVER
                ? PendingRequest.NEVER
                : orphanedSince + settings.orphanMillis();
    }
}
