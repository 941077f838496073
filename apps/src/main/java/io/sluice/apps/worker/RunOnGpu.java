package io.sluice.apps.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RunMeasures;
import io.sluice.sim.engine.EngineEvent;
import io.sluice.sim.engine.EngineRequest;
import io.sluice.sim.engine.FinishReason;
import io.sluice.sim.worker.DispatchId;

import java.util.Locale;
import java.util.Optional;

/**
 * A run on the engine and what is measured of it. Latencies count from the submission of the
 * request: by the clock of the broker up to the moment its command came, by the monotonic clock
 * from there. Times are nanoseconds of the latter.
 */
final class RunOnGpu {
    private static final double NANOS_PER_MILLI = 1e6;

    private final DispatchId id;
    private final LaneEffect.Dispatch command;
    private final EngineRequest onEngine;
    private final long receivedNanos;
    private final double waitedMillis;
    private final boolean fails;
    private long startedNanos = -1;
    private long firstTokenNanos = -1;
    private int cachedTokens;
    private int outputTokens;

    /**
     * A run that begins.
     *
     * @param onEngine what the engine is given
     * @param fails whether its end is a failure
     */
    RunOnGpu(
            DispatchId id,
            LaneEffect.Dispatch command,
            Receipt receipt,
            EngineRequest onEngine,
            boolean fails) {
        this.id = id;
        this.command = command;
        this.onEngine = onEngine;
        this.receivedNanos = receipt.nanos();
        // The broker's clock is known with a little doubt: what came before it was sent did not
        // wait.
        this.waitedMillis =
                Math.max(0, receipt.brokerMillis() - command.request().submittedAtMillis());
        this.fails = fails;
    }

    private RunOnGpu(DispatchId id, RunOnGpu former) {
        this.id = id;
        this.command = former.command;
        this.onEngine = former.onEngine;
        this.receivedNanos = former.receivedNanos;
        this.waitedMillis = former.waitedMillis;
        this.fails = former.fails;
        this.startedNanos = former.startedNanos;
        this.firstTokenNanos = former.firstTokenNanos;
        this.cachedTokens = former.cachedTokens;
        this.outputTokens = former.outputTokens;
    }

    /**
     * The run that goes on where this one was interrupted. To the engine it is the same one, and so
     * are its measures: they count from the submission, the interruption included.
     */
    RunOnGpu takenUpAs(DispatchId newId) {
        return new RunOnGpu(newId, this);
    }

    DispatchId id() {
        return id;
    }

    /** What the engine was given. */
    EngineRequest onEngine() {
        return onEngine;
    }

    PendingRequest request() {
        return command.request();
    }

    /** Whether the end of the run is a failure. */
    boolean fails() {
        return fails;
    }

    boolean hasStarted() {
        return startedNanos >= 0;
    }

    void started(EngineEvent.Started event) {
        startedNanos = event.atNanos();
        cachedTokens = event.cachedTokens();
    }

    void firstToken(EngineEvent.FirstToken event) {
        firstTokenNanos = event.atNanos();
        outputTokens = 1;
    }

    void progressed(EngineEvent.Progress event) {
        outputTokens = event.outputTokens();
    }

    /** How far it has come; empty before its first token. */
    Optional<RunProgress> progress() {
        return outputTokens == 0
                ? Optional.empty()
                : Optional.of(new RunProgress(ttftMillis(), outputTokens));
    }

    private double ttftMillis() {
        return sinceSubmission(firstTokenNanos);
    }

    /** The measures of a run that has ended. */
    RunMeasures measures(EngineEvent.Finished end) {
        int tokens = end.outputTokens();
        double decodeMillis = (end.atNanos() - firstTokenNanos) / NANOS_PER_MILLI;
        return new RunMeasures(
                command.queueWaitMillis(),
                ttftMillis(),
                tokens < 2 ? Double.NaN : decodeMillis / (tokens - 1),
                sinceSubmission(end.atNanos()),
                request().inputTokens(),
                tokens,
                cachedTokens,
                word(end.reason()));
    }

    /** What an engine's own metrics say of a run that has ended. */
    EngineTimes times(EngineEvent.Finished end) {
        return new EngineTimes(
                startedNanos - receivedNanos,
                firstTokenNanos - startedNanos,
                end.atNanos() - firstTokenNanos,
                end.outputTokens());
    }

    private double sinceSubmission(long nanos) {
        return waitedMillis + (nanos - receivedNanos) / NANOS_PER_MILLI;
    }

    /** OpenAI's word for the end of an output. */
    static String word(FinishReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
