package io.sluice.core.kernel;

import org.jspecify.annotations.Nullable;

/** Where a gate keeps what it knows of one workflow, by request id. */
public interface GateStore {

    /** What is known of a request, or null. */
    @Nullable GateNode get(String requestId);

    /** Keeps it in the place of what was known of that request. */
    void put(GateNode node);

    /** Forgets a request. */
    void remove(String requestId);

    /** Everything, in any order; not to be changed meanwhile. */
    Iterable<GateNode> all();
}
