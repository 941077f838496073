package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * What the router remembers of one request.
 *
 * @param key the request
 * @param phase where it stands
 * @param attempt latest attempt, 0 before the first assignment
 * @param failures failed attempts; 0 after it was closed
 * @param instanceId instance of the latest attempt, or null; null after it was closed
 * @param request the request; null before it was read and after it was closed
 * @param work predicted milliseconds counted against the instance
 * @param cancelReason why it is to be cancelled, or null
 * @param avoid instance that has let go of it last, or null: another is better, unless it was
 *     interrupted there
 * @param heldSinceMillis since when no instance would take it; 0 if one would
 * @param wakeupMillis when to look at it again
 * @param gateHold why the gate keeps it from being assigned, or null if it does not
 * @param ending how it has ended, null unless that is known and it was not read yet
 * @param assignedEpoch job epoch in which the latest attempt was assigned, or found at a worker; 0
 *     if there was none or it is not known
 */
public record RouteRecord(
        RequestKey key,
        Phase phase,
        int attempt,
        int failures,
        @Nullable String instanceId,
        @Nullable PendingRequest request,
        double work,
        @Nullable String cancelReason,
        @Nullable String avoid,
        long heldSinceMillis,
        long wakeupMillis,
        @Nullable GateHold gateHold,
        @Nullable Ending ending,
        long assignedEpoch) {

    /**
     * What the gate has said of a request that it does not let through.
     *
     * @param verdict what should become of it; null while it waits for others
     */
    public record GateHold(@Nullable Verdict verdict) {
        /** It waits for others. */
        static final GateHold WAITING = new GateHold(null);
    }

    /** Where a request stands. */
    public enum Phase {
        /** Heard of through a cancel or a run, not read yet. */
        AWAITED,
        /** Read, not assigned. */
        HELD,
        /** With a lane. */
        ASSIGNED,
        /** Settled; kept to recognise repeats. */
        CLOSED,
        /**
         * Ended without having been read; settled when it is, or for want of that after the dedup
         * window.
         */
        ENDED
    }

    static RouteRecord awaited(RequestKey key, long wakeupMillis) {
        return new RouteRecord(
                key,
                Phase.AWAITED,
                0,
                0,
                null,
                null,
                0,
                null,
                null,
                0,
                wakeupMillis,
                null,
                null,
                0);
    }

    static RouteRecord read(PendingRequest request) {
        return awaited(request.key(), 0).with(request);
    }

    /** Whether it is known how the request ends: nothing that happens from now on changes it. */
    boolean isOver() {
        return phase == Phase.CLOSED || phase == Phase.ENDED;
    }

    /** Whether the release is of an attempt that is not known here. */
    boolean isBefore(Release release) {
        return !isOver() && attempt < release.attempt();
    }

    /**
     * Whether the latest assignment was made at another instance, by a later attempt of the job
     * than the one whose command such a run began with. Then that run is over or to be stopped,
     * whatever its number: numbers of attempts are given anew after a restore.
     *
     * @param commandEpoch epoch of the run's command, 0 if it had none
     */
    boolean hasLeftBehind(String atInstance, long commandEpoch) {
        return instanceId != null
                && !instanceId.equals(atInstance)
                && commandEpoch > 0
                && commandEpoch < assignedEpoch;
    }

    /**
     * Whether the release is of the very assignment that is out. Numbers of attempts are given anew
     * after a restore, so one of an epoch before that of the assignment is of another.
     */
    boolean isAssignedAs(Release release) {
        return !isOver()
                && attempt == release.attempt()
                && release.epoch() >= assignedEpoch
                && release.fromInstance().equals(instanceId);
    }

    /**
     * What to ask a lane of which an earlier job attempt had this release; null if it is of nothing
     * that is known here. One of a later run at the same place is asked as one of the assignment
     * that is out: its lane may know that the run took the place of that, while here it was taken
     * back.
     */
    @Nullable Release toRecheck(Release release) {
        if (isAssignedAs(release)) {
            return release;
        }
        boolean laterRun =
                isBefore(release)
                        && release.fromInstance().equals(instanceId)
                        && release.reason().isOfRun();
        return laterRun ? release.ofAttempt(attempt) : null;
    }

    RouteRecord with(PendingRequest newRequest) {
        return new RouteRecord(
                key,
                phase,
                attempt,
                failures,
                instanceId,
                newRequest,
                work,
                cancelReason,
                avoid,
                heldSinceMillis,
                wakeupMillis,
                gateHold,
                ending,
                assignedEpoch);
    }

    RouteRecord keptBack(@Nullable GateHold newHold) {
        return new RouteRecord(
                key,
                phase,
                attempt,
                failures,
                instanceId,
                request,
                work,
                cancelReason,
                avoid,
                heldSinceMillis,
                wakeupMillis,
                newHold,
                ending,
                assignedEpoch);
    }

    RouteRecord held(long since, long wakeup) {
        return new RouteRecord(
                key,
                request == null ? Phase.AWAITED : Phase.HELD,
                attempt,
                failures,
                null,
                request,
                0,
                cancelReason,
                avoid,
                since,
                wakeup,
                gateHold,
                ending,
                assignedEpoch);
    }

    RouteRecord assigned(String toInstance, int newAttempt, double newWork, long epoch) {
        return new RouteRecord(
                key,
                Phase.ASSIGNED,
                newAttempt,
                failures,
                toInstance,
                request,
                newWork,
                cancelReason,
                null,
                0,
                PendingRequest.NEVER,
                null,
                null,
                epoch);
    }

    /** A run found at a worker before the request itself was read. */
    RouteRecord foundAt(String atInstance, int foundAttempt, long wakeup, long epoch) {
        return new RouteRecord(
                key,
                Phase.AWAITED,
                foundAttempt,
                failures,
                atInstance,
                null,
                0,
                cancelReason,
                null,
                0,
                wakeup,
                null,
                null,
                epoch);
    }

    RouteRecord cancelling(String reason) {
        return new RouteRecord(
                key,
                phase,
                attempt,
                failures,
                instanceId,
                request,
                work,
                reason,
                avoid,
                heldSinceMillis,
                wakeupMillis,
                gateHold,
                ending,
                assignedEpoch);
    }

    RouteRecord failedAt(@Nullable String badInstance, boolean counts) {
        return new RouteRecord(
                key,
                phase,
                attempt,
                counts ? failures + 1 : failures,
                instanceId,
                request,
                work,
                cancelReason,
                badInstance,
                heldSinceMillis,
                wakeupMillis,
                gateHold,
                ending,
                assignedEpoch);
    }

    /** Ended before it was read. The attempt and its instance stay, for the outcome. */
    RouteRecord ended(Ending how, long giveUpAtMillis) {
        return new RouteRecord(
                key,
                Phase.ENDED,
                attempt,
                failures,
                instanceId,
                null,
                0,
                null,
                null,
                0,
                giveUpAtMillis,
                null,
                how,
                assignedEpoch);
    }

    /** Kept for the whole dedup window, so it holds no more than recognising a repeat takes. */
    RouteRecord closed(long forgetAtMillis) {
        return new RouteRecord(
                key,
                Phase.CLOSED,
                attempt,
                0,
                null,
                null,
                0,
                null,
                null,
                0,
                forgetAtMillis,
                null,
                null,
                0);
    }
}
