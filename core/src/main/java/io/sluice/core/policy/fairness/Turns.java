package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueuedRequest;

import java.util.Iterator;

/** Keeps account of what tenants have received, and knows from it whose turn it is. */
interface Turns {

    /** A tenant that had nothing waiting in the lane comes back, or comes for the first time. */
    void returned(String tenant);

    /** A tenant begins to wait in a class. */
    void enter(int band, String tenant);

    /** A tenant no longer waits in a class; it may be back at once. */
    void leave(int band, String tenant);

    /** The first request of a tenant in a class is another than before. */
    default void first(int band, QueuedRequest first) {}

    /** The tenants that wait in a class, in the order of their turns. */
    Iterator<String> walk(int band);

    /** A request was sent, and waits no more. */
    void sent(int band, PendingRequest request);

    /** A run has ended after so many output tokens in all. */
    void ended(PendingRequest request, int outputTokens);

    /** What must survive a restore. */
    OrderMemory memory();
}
