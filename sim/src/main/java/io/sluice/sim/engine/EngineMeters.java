package io.sluice.sim.engine;

/** Running totals of an engine; see {@link EngineCounters}. */
final class EngineMeters {
    long outputTokens;
    long finished;
    long cancelled;
    long refused;
    long preemptions;
    long cachedTokens;

    private long steps;
    private long mixedSteps;
    private long prefillTokens;
    private long decodeTokens;
    private long busyNanos;
    private long busySince;
    private boolean busy;

    /** Counts {@code times} steps of a load that ended. */
    void stepsEnded(StepLoad load, int times) {
        steps += times;
        prefillTokens += (long) load.prefillTokens() * times;
        decodeTokens += (long) load.decodes() * times;
        if (load.mixed()) {
            mixedSteps += times;
        }
    }

    void becomesBusy(long nanos) {
        busy = true;
        busySince = nanos;
    }

    void becomesIdle(long nanos) {
        busy = false;
        busyNanos += nanos - busySince;
    }

    EngineCounters at(long nanos) {
        return new EngineCounters(
                steps,
                mixedSteps,
                prefillTokens,
                decodeTokens,
                cachedTokens,
                outputTokens,
                finished,
                cancelled,
                refused,
                preemptions,
                busyNanos + (busy ? nanos - busySince : 0));
    }
}
