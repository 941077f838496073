package io.sluice.core.kernel;

import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * Holds the entries of one lane, in no order: a heap map in the simulator, keyed state in a job.
 */
public interface PendingStore {

    /** Returns the entry of the request, or null. */
    @Nullable LaneEntry get(RequestKey key);

    /** Stores an entry under its key, replacing any before. */
    void put(LaneEntry entry);

    /** Removes the entry of the request, if there is one. */
    void remove(RequestKey key);

    /**
     * All entries; read once, to rebuild what is derived from them. Not to be modified while it is
     * read.
     */
    Iterable<LaneEntry> all();
}
