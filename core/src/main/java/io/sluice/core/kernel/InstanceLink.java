package io.sluice.core.kernel;

import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.core.policy.QueuedRequest;

/** A lane's view of one instance: is it there, is it in step, what may still be sent to it. */
final class InstanceLink {

    /** How a report stands to what was read before it. */
    enum Continuity {
        NEXT,
        REPEATED,
        GAP
    }

    /** Less than the time between two heartbeats of a worker. */
    private static final long ASK_AGAIN_MILLIS = 500;

    private final String instanceId;
    private final long incarnation;
    private final LookAhead lookAhead;
    private InstanceCapacity capacity;
    private long lastSeq;
    private long lastHeartbeatLogMillis;
    private long awaitedSyncSeq;
    private long askedAtMillis;
    private boolean draining;
    private boolean dead;
    private int inFlight;
    private long reservedTokens;

    /** A newly registered incarnation. */
    InstanceLink(ReportOrigin origin, InstanceCapacity capacity, LookAhead lookAhead) {
        this.instanceId = origin.instanceId();
        this.incarnation = origin.incarnation();
        this.capacity = capacity;
        this.lastSeq = origin.seq();
        this.lastHeartbeatLogMillis = origin.logMillis();
        this.lookAhead = lookAhead;
    }

    InstanceLink(InstanceState state, boolean looksAhead) {
        this.instanceId = state.instanceId();
        this.incarnation = state.incarnation();
        this.capacity = state.capacity();
        this.lastSeq = state.lastSeq();
        this.lastHeartbeatLogMillis = state.lastHeartbeatLogMillis();
        this.awaitedSyncSeq = state.awaitedSyncSeq();
        this.draining = state.draining();
        this.dead = state.dead();
        this.lookAhead = new LookAhead(state.pace(), looksAhead);
    }

    InstanceState state() {
        return new InstanceState(
                instanceId,
                incarnation,
                capacity,
                lastSeq,
                lastHeartbeatLogMillis,
                awaitedSyncSeq,
                draining,
                dead,
                lookAhead.pace());
    }

    String instanceId() {
        return instanceId;
    }

    long incarnation() {
        return incarnation;
    }

    InstanceCapacity capacity() {
        return capacity;
    }

    LookAhead lookAhead() {
        return lookAhead;
    }

    boolean isDead() {
        return dead;
    }

    /** Whether requests may wait for it. */
    boolean takesWork() {
        return !dead && !draining;
    }

    /** Whether commands to run something may be sent now. */
    boolean inStep() {
        return takesWork() && awaitedSyncSeq == 0;
    }

    /** Whether it may be sent work and has none. */
    boolean isFree() {
        return inStep() && inFlight == 0;
    }

    Continuity read(long seq) {
        if (seq <= lastSeq) {
            return Continuity.REPEATED;
        }
        Continuity continuity = seq == lastSeq + 1 ? Continuity.NEXT : Continuity.GAP;
        lastSeq = seq;
        return continuity;
    }

    void heartbeat(long logMillis, InstanceCapacity newCapacity, boolean nowDraining) {
        lastHeartbeatLogMillis = Math.max(lastHeartbeatLogMillis, logMillis);
        capacity = newCapacity;
        draining = nowDraining;
    }

    void draining(boolean nowDraining) {
        draining = nowDraining;
    }

    void die() {
        dead = true;
        awaitedSyncSeq = 0;
    }

    /** Whether the log has gone on for longer than the lease without a heartbeat. */
    boolean leaseOver(LogClock log, long leaseMillis) {
        return leaseOver(log.latestMillis(capacity.eventsPartition()), leaseMillis);
    }

    /** Whether a record of that broker time comes too late after the last heartbeat. */
    boolean leaseOver(long logMillis, long leaseMillis) {
        return !dead && logMillis > lastHeartbeatLogMillis + leaseMillis;
    }

    /**
     * Log time that must still pass before it may be forgotten; 0 if none, {@link Long#MAX_VALUE}
     * if it lives. It died when its lease ran out, whenever that was noticed.
     *
     * <p>Nothing of a forgotten incarnation can turn up again, so forgetting it revives nobody: a
     * worker says nothing later than a lease after its last acknowledged heartbeat, and one that
     * did would have been fenced for as long as it was remembered. Should one speak up even so, it
     * is met like a new one, asked what it holds, and told to stop what the router has settled.
     */
    long memoryLeftMillis(LogClock log, long leaseMillis, long forgetMillis) {
        if (!dead) {
            return Long.MAX_VALUE;
        }
        long read = log.latestMillis(capacity.eventsPartition());
        if (read == LogClock.UNREAD) {
            return forgetMillis;
        }
        long forgotten = lastHeartbeatLogMillis + leaseMillis + forgetMillis;
        return Math.max(0, forgotten + 1 - read);
    }

    /**
     * Waits for the answer to a sync. Answers to later ones of the same hold do as well: nothing is
     * sent in between.
     */
    /**
     * It has been asked what it holds.
     *
     * @param seq number of the question
     * @param newHold whether only an answer to this question counts, or also to an earlier one
     * @param now when it was asked
     */
    void awaitSync(long seq, boolean newHold, long now) {
        askedAtMillis = now;
        if (newHold || awaitedSyncSeq == 0) {
            awaitedSyncSeq = seq;
        }
    }

    boolean awaitsSync() {
        return awaitedSyncSeq != 0;
    }

    /**
     * Whether it should be asked once more, since it says nothing of the question: not while it may
     * not have read that yet. A lane that reads all of a log again asks once, not for each record;
     * the answers are records too, and would be read again after the next crash.
     */
    boolean isToBeAskedAgain(long now) {
        return awaitsSync() && now - askedAtMillis >= ASK_AGAIN_MILLIS;
    }

    boolean answersSync(long syncSeq) {
        return awaitedSyncSeq != 0 && syncSeq >= awaitedSyncSeq;
    }

    void synced() {
        awaitedSyncSeq = 0;
    }

    void reserve(long tokens) {
        inFlight++;
        reservedTokens += tokens;
    }

    void free(long tokens) {
        inFlight--;
        reservedTokens -= tokens;
    }

    /**
     * Tokens to charge for a run; never more than the instance has, so that a guess cannot block a
     * request for ever.
     */
    long charge(long expectedTokens) {
        return Math.min(expectedTokens, capacity.kvTokens());
    }

    /** Places left, counting the look-ahead. */
    int freeSequences() {
        return capacity.maxSequences() + depth() - inFlight;
    }

    /**
     * KV tokens left, counting what the look-ahead would hold. Below zero only when the worker
     * holds more than was sent, or has shrunk.
     */
    long freeTokens() {
        double mean = inFlight == 0 ? 0 : (double) depth() * reservedTokens / inFlight;
        return capacity.kvTokens() + (long) Math.max(evenShares(), mean) - reservedTokens;
    }

    /** KV tokens of as many runs as the look-ahead has, if all runs were alike. */
    private double evenShares() {
        return (double) depth() * capacity.kvTokens() / capacity.maxSequences();
    }

    /**
     * Most that one more run may reserve. It can be less than what is free: a small run lowers the
     * mean, and with it what the look-ahead may hold.
     */
    private long roomTokens() {
        int runs = inFlight + 1;
        int beyondLookAhead = runs - depth();
        if (beyondLookAhead <= 0) {
            return freeTokens();
        }
        double byMean = (double) capacity.kvTokens() * runs / beyondLookAhead;
        double inAll = Math.max(capacity.kvTokens() + evenShares(), byMean);
        return Math.min(freeTokens(), (long) inAll - reservedTokens);
    }

    /** Whether it is large enough for the longest that the request may become. */
    boolean canEverHold(QueuedRequest waiting) {
        return waiting.longestTokens() <= capacity.longestRunTokens();
    }

    boolean canTake(QueuedRequest waiting) {
        return inStep()
                && freeSequences() > 0
                && canEverHold(waiting)
                && charge(waiting.tokens()) <= roomTokens();
    }

    /** A request that expects more tokens than this cannot be taken now. */
    long mostTakeableTokens() {
        if (!inStep() || freeSequences() <= 0) {
            return 0;
        }
        long room = roomTokens();
        return room >= capacity.kvTokens() ? Long.MAX_VALUE : room;
    }

    Address address(long epoch, long seq, long nowMillis) {
        return new Address(
                instanceId, incarnation, capacity.dispatchPartition(), epoch, seq, nowMillis);
    }

    private int depth() {
        return lookAhead.depth(capacity.maxSequences());
    }
}
