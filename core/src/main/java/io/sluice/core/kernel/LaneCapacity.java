package io.sluice.core.kernel;

import io.sluice.core.model.ReleaseReason;

/**
 * What the coming, going and changing of its instances does to a lane: what waits is ordered by
 * their speed, what is too long for all of them is let go, and what waited for one that is gone is
 * handed back.
 */
final class LaneCapacity {

    private final LaneLinks links;
    private final LaneQueue queue;
    private final LaneEntries entries;
    private final LaneReleases releases;

    private boolean interrupted;
    private long admittedUpTo = Long.MAX_VALUE;

    LaneCapacity(
            LaneLinks links,
            LaneQueue queue,
            LaneEntries entries,
            LaneReleases releases,
            boolean interrupted) {
        this.links = links;
        this.queue = queue;
        this.entries = entries;
        this.releases = releases;
        this.interrupted = interrupted;
        links.tell(queue.order());
    }

    /**
     * Whether, since what waits was last handed back, there was a time without an instance that
     * takes work, or an instance has lost its runs to a new incarnation.
     */
    boolean wasInterrupted() {
        return interrupted;
    }

    /**
     * Puts a link in place of any before; its instance's speed may change the order of the queue.
     */
    void connect(InstanceLink link) {
        if (links.put(link)) {
            interrupted = true;
            queue.order().cacheLost();
        }
        changed();
    }

    /** Forgets an instance that is long dead; its runs were lost when it died. */
    void disconnect(InstanceLink link) {
        links.remove(link);
        queue.order().cacheLost();
        changed();
    }

    /** Brings the queue in line with what the instances now say of themselves. */
    void changed() {
        links.tell(queue.order());
        entries.measure();
        long limit = links.longestRunTokens();
        if (limit < admittedUpTo) {
            releases.releaseLongerThan(limit);
        }
        admittedUpTo = limit;
        interrupted = interrupted || !links.takeWork();
    }

    /**
     * Nothing waits for machines that will not take it, nor outlives an incarnation, even if
     * another has come before the lane may act. At this place of the log an earlier job attempt has
     * handed back what waited, or what it had sent since the checkpoint, and that may run elsewhere
     * by now.
     */
    void handBackIfInterrupted() {
        if (!interrupted) {
            return;
        }
        if (links.areDead()) {
            handBack(ReleaseReason.INSTANCE_DEAD, "the instance is dead");
        } else if (!links.takeWork()) {
            handBack(ReleaseReason.DRAINING, "the instance is draining");
        } else {
            handBack(ReleaseReason.INSTANCE_DEAD, "its worker was replaced, or took no work");
        }
    }

    /** Lets go of everything that waits, in order. */
    void handBack(ReleaseReason reason, String message) {
        interrupted = false;
        releases.releaseQueue(reason, message);
    }
}
