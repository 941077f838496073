package io.sluice.sim.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Drives an engine the way a simulator does, and keeps what it tells. */
final class EngineRun {
    final ContinuousBatchingEngine engine;
    final List<EngineEvent> events = new ArrayList<>();

    /** What each step computed, whether it was told alone or with others. */
    final List<StepLoad> loads = new ArrayList<>();

    /** When the last of that many steps ended. */
    final Map<Integer, Long> ends = new TreeMap<>();

    EngineRun(EngineProfile profile) {
        this(profile, 0);
    }

    EngineRun(EngineProfile profile, int progressEveryTokens) {
        engine = new ContinuousBatchingEngine(profile, progressEveryTokens, this::keep);
    }

    private void keep(StepLoad first, int steps, long endNanos) {
        for (int i = 0; i < steps; i++) {
            loads.add(first.after(i));
        }
        ends.put(loads.size(), endNanos);
    }

    /**
     * Lets everything happen up to a time, then submits; what is submitted at one time arrives
     * together.
     */
    Submission submit(EngineRequest request, long nanos) {
        if (nanos > engine.snapshot().nanos()) {
            advanceTo(nanos);
        }
        return engine.submit(request, nanos);
    }

    EngineRun advanceTo(long nanos) {
        engine.advanceTo(nanos, events::add);
        return this;
    }

    /** Follows the announced times until the engine is idle. */
    EngineRun drain() {
        for (long next = engine.nextEventAt();
                next != ContinuousBatchingEngine.NEVER;
                next = engine.nextEventAt()) {
            engine.advanceTo(next, events::add);
        }
        return this;
    }

    /** The times of a request's events of one kind. */
    List<Long> times(Class<? extends EngineEvent> kind, String id) {
        return events.stream()
                .filter(event -> kind.isInstance(event) && event.id().equals(id))
                .map(EngineEvent::atNanos)
                .toList();
    }

    /** The time of a request's only event of one kind. */
    long time(Class<? extends EngineEvent> kind, String id) {
        List<Long> times = times(kind, id);
        if (times.size() != 1) {
            throw new AssertionError(id + " has " + kind.getSimpleName() + " at " + times);
        }
        return times.get(0);
    }

    EngineCounters totals() {
        return engine.snapshot().totals();
    }
}
