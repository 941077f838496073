package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueuedRequest;

import java.util.Iterator;
import java.util.function.Function;

/** Keeps account of what tenants have received, and knows from it whose turn it is. */
interface Turns {

    /** A tenant that had nothing waiting in the lane comes back, or comes for the first time. */
    void returned(String tenant);

    /** A tenant begins to wait in a class. */
    void enter(int band, String tenant);

    /** A tenant no longer waits in a class; it may be back at once. */
    void leave(int band, String tenant);

    /**
     * The tenants that wait in a class, in the order of their turns.
     *
     * @param head the first request of a tenant in the class
     */
    Iterator<String> walk(int band, Function<String, QueuedRequest> head);

    /** A request was sent, and waits no more. */
    void sent(int band, PendingRequest request);

    /** A run has ended after so many output tokens in all. */
    void ended(PendingRequest request, int outputTokens);

    /** What must survive a restore. */
    OrderMemory memory();
}
