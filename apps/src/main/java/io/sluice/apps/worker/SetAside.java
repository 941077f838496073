package io.sluice.apps.worker;

import io.sluice.core.model.RequestKey;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs that were interrupted, until their requests come back. Some never do, having gone elsewhere:
 * of too many the oldest are forgotten, and start afresh if they come back after all.
 */
final class SetAside {

    /** A worker that runs some hundred requests at once interrupts far fewer before one is back. */
    static final int MOST = 10_000;

    private final int most;
    private final Consumer<RunOnGpu> forgotten;
    private final Map<RequestKey, RunOnGpu> runs = new LinkedHashMap<>();

    /**
     * Creates a place for runs.
     *
     * @param most how many are kept
     * @param forgotten learns of each that is not kept any more
     */
    SetAside(int most, Consumer<RunOnGpu> forgotten) {
        this.most = most;
        this.forgotten = forgotten;
    }

    void put(RunOnGpu run) {
        RunOnGpu before = runs.put(run.id().key(), run);
        if (before != null) {
            forgotten.accept(before);
        }
        if (runs.size() > most) {
            Iterator<RunOnGpu> oldest = runs.values().iterator();
            forgotten.accept(oldest.next());
            oldest.remove();
        }
    }

    /** The run of a request that was interrupted last, which is kept here no longer. */
    Optional<RunOnGpu> take(RequestKey key) {
        return Optional.ofNullable(runs.remove(key));
    }
}
