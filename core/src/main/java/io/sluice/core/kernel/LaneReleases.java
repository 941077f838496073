package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.QueuedRequest;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/** How a lane lets go of requests: it forgets the entry, frees what that held, and says why. */
final class LaneReleases {

    private final String laneId;
    private final LaneEntries entries;
    private final LaneQueue queue;
    private final LaneVoice voice;
    private final Set<Foreign> foreign = new HashSet<>();

    /**
     * A run that was adopted here and that the router has not assigned here, as far as is known.
     */
    private record Foreign(RequestKey key, int attempt) {}

    LaneReleases(String laneId, LaneEntries entries, LaneQueue queue, LaneVoice voice) {
        this.laneId = laneId;
        this.entries = entries;
        this.queue = queue;
        this.voice = voice;
    }

    /** Lets go of a request that may run elsewhere, or again. */
    void release(LaneEntry entry, ReleaseReason reason, @Nullable String message) {
        release(entry, reason, true, null, message);
    }

    /** Lets go of a request. */
    void release(
            LaneEntry entry,
            ReleaseReason reason,
            boolean retriable,
            @Nullable String code,
            @Nullable String message) {
        announce(entry, reason, retriable, code, message, Progress.NONE);
    }

    /** A run was interrupted: the router sends it back here, if it can, to be taken up again. */
    void interrupted(LaneEntry entry, Progress progress) {
        announce(entry, ReleaseReason.PREEMPTED, true, null, null, progress);
    }

    private void announce(
            LaneEntry entry,
            ReleaseReason reason,
            boolean retriable,
            @Nullable String code,
            @Nullable String message,
            Progress progress) {
        entries.remove(entry);
        if (entry.request() == null) {
            foreign.add(new Foreign(entry.key(), entry.attempt()));
        }
        Release release =
                new Release(
                        entry.key(),
                        entry.attempt(),
                        laneId,
                        voice.epoch(),
                        reason,
                        retriable,
                        code,
                        message,
                        progress,
                        entry.run() == null ? 0 : entry.run().commandEpoch());
        voice.announce(release, entry.request());
    }

    /**
     * Whether a run of this attempt was found here and has been let go of in this job attempt. A
     * router that assigns the attempt nevertheless has given its number anew. If it has not read
     * the release yet it will take that for the release of its own attempt, and go on; so that
     * attempt must not run here. Not remembered across a restore, where the release is of an
     * earlier epoch, and this lane is asked.
     */
    boolean hasLetGoOfForeign(RequestKey key, int attempt) {
        return foreign.contains(new Foreign(key, attempt));
    }

    /** Remembers what another object of this lane has let go of in this job attempt. */
    void recallForeign(LaneReleases before) {
        foreign.addAll(before.foreign);
    }

    /** Lets go of everything that waits, in order. */
    void releaseQueue(ReleaseReason reason, String message) {
        for (RequestKey key : queue.inOrder()) {
            release(entries.waiting(key), reason, message);
        }
    }

    /** Lets go of what waits and can become longer than any instance holds. */
    void releaseLongerThan(long tokens) {
        for (RequestKey key : queue.inOrder()) {
            LaneEntry entry = entries.waiting(key);
            PendingRequest request = entry.request();
            if (request != null && request.longestTokens() > tokens) {
                String message =
                        "needs %d tokens; the instance holds at most %d"
                                .formatted(request.longestTokens(), tokens);
                release(entry, ReleaseReason.REJECTED_TOO_LONG, message);
            }
        }
    }

    /** Lets go of what waits and whose time is up. */
    void expire(long now) {
        QueuedRequest next = queue.nextToExpire();
        while (next != null && next.expiresAtMillis() <= now) {
            release(
                    entries.waiting(next.key()),
                    ReleaseReason.EXPIRED,
                    "its time ran out while it waited");
            next = queue.nextToExpire();
        }
    }
}
