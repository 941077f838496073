package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;

import java.util.Iterator;

/**
 * The order of a lane's waiting requests, and what it must remember to keep it. Made by an {@link
 * OrderingPolicy}; owned by one lane. It is rebuilt from the lane's entries and its own {@link
 * #memory} after a restore, so it never lies in state as a whole.
 */
public interface QueueOrder {

    /**
     * A request has come to the lane, and is taken in next. Not told when one is only taken in
     * anew, with another key or after a restore.
     */
    default void joined(PendingRequest request) {}

    /** Takes a request in. */
    void add(QueuedRequest queued, PendingRequest request);

    /** Takes out a request that was taken in with an equal record. */
    void remove(QueuedRequest queued);

    /**
     * The waiting requests, first to go first, as of now. Nothing may be added, removed or told
     * while it is walked.
     */
    Iterator<QueuedRequest> walk();

    /** How many requests go before this one. */
    default int position(QueuedRequest queued) {
        int position = 0;
        for (Iterator<QueuedRequest> walk = walk(); walk.hasNext(); position++) {
            if (walk.next().equals(queued)) {
                break;
            }
        }
        return position;
    }

    /** A request was taken out of the queue and sent to an instance. */
    default void sent(PendingRequest request) {}

    /** A request that runs has made progress, which it carries. */
    default void progressed(PendingRequest request) {}

    /**
     * A run has ended, however it did.
     *
     * @param request the request as it was when it was sent, or as it last progressed
     * @param outputTokens output tokens that it has made over all its runs
     */
    default void ended(PendingRequest request, int outputTokens) {}

    /** Time has passed; told before anything is looked at. */
    default void timeIs(long nowMillis) {}

    /**
     * The instances of the lane have told how many requests they run at once, all together; told
     * again if nothing changed.
     *
     * @param sequences 1 or more
     */
    default void runsAtOnce(int sequences) {}

    /**
     * The instances of the lane have told how much they can keep; told again if nothing changed.
     *
     * @param tokens KV tokens of the largest, 0 while none is known
     */
    default void cacheHolds(long tokens) {}

    /** An instance of the lane was replaced or has gone, and what it had cached with it. */
    default void cacheLost() {}

    /** What must survive a restore besides the entries. */
    default OrderMemory memory() {
        return OrderMemory.EMPTY;
    }
}
