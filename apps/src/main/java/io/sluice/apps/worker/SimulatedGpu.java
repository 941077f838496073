package io.sluice.apps.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.PendingRequest;
import io.sluice.sim.engine.ContinuousBatchingEngine;
import io.sluice.sim.engine.EngineEvent;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineRequest;
import io.sluice.sim.engine.EngineSnapshot;
import io.sluice.sim.engine.PromptBlocks;
import io.sluice.sim.engine.ScaledEngine;
import io.sluice.sim.engine.Submission;
import io.sluice.sim.engine.TimeScale;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.WorkerEngine;
import io.sluice.sim.worker.WorkerProtocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A GPU server that is simulated on the wall clock. Its owner calls {@link #advance} at {@link
 * #nextEventNanos}, and before it gives the protocol anything to do.
 *
 * <p>The output of a run is as long as the request's {@code min_tokens} says, which a replay sets
 * to the recorded length; else as long as {@code max_tokens} allows; else drawn.
 */
final class SimulatedGpu implements WorkerEngine {

    private final EngineSpec spec;
    private final EngineLimits limits;
    private final Intake intake;
    private final GpuObserver observer;
    private final Lots lots;
    private final ScaledEngine engine;
    private final Map<String, RunOnGpu> runs = new LinkedHashMap<>();
    private final List<EngineEvent> happened = new ArrayList<>();
    private long nowNanos;

    SimulatedGpu(EngineSpec spec, Intake intake, GpuObserver observer, long startNanos) {
        this.spec = spec;
        this.limits = spec.profile().limits();
        this.intake = intake;
        this.observer = observer;
        this.lots = new Lots(spec.seed(), spec.failRate());
        this.nowNanos = startNanos;
        this.engine =
                new ScaledEngine(
                        new ContinuousBatchingEngine(spec.profile(), spec.progressEveryTokens()),
                        TimeScale.of(spec.speedup(), startNanos));
    }

    /** When something happens next; {@link ContinuousBatchingEngine#NEVER} if nothing does. */
    long nextEventNanos() {
        return engine.nextEventAt();
    }

    /** Lets time pass and tells the protocol what happened. */
    void advance(long nanos, WorkerProtocol protocol, long protocolMillis) {
        nowNanos = nanos;
        engine.advanceTo(nanos, happened::add);
        List<EngineEvent> events = List.copyOf(happened);
        happened.clear();
        for (EngineEvent event : events) {
            RunOnGpu run = runs.get(event.id());
            if (run != null) {
                tell(run, event, protocol, protocolMillis);
            }
        }
    }

    private void tell(RunOnGpu run, EngineEvent event, WorkerProtocol protocol, long millis) {
        if (event instanceof EngineEvent.Started started) {
            run.started(started);
            observer.started(run.request().inputTokens(), started.cachedTokens());
        } else if (event instanceof EngineEvent.FirstToken first) {
            run.firstToken(first);
            protocol.progressed(run.id(), millis);
        } else if (event instanceof EngineEvent.Progress progress) {
            run.progressed(progress);
            protocol.progressed(run.id(), millis);
        } else if (event instanceof EngineEvent.Finished finished) {
            finished(run, finished, protocol, millis);
        }
    }

    private void finished(
            RunOnGpu run, EngineEvent.Finished end, WorkerProtocol protocol, long millis) {
        runs.remove(end.id());
        if (run.fails()) {
            observer.aborted();
            String message = "simulated failure after %d tokens".formatted(end.outputTokens());
            protocol.failed(run.id(), true, "simulated_failure", message, millis);
        } else {
            observer.finished(run.times(end), run.measures(end));
            protocol.completed(run.id(), run.measures(end), millis);
        }
    }

    @Override
    public Optional<Refusal> refusal(LaneEffect.Dispatch command) {
        String model = command.request().model();
        if (!model.isEmpty() && !model.equals(spec.model())) {
            String message =
                    "request %s asks for model %s, this instance serves %s"
                            .formatted(command.request().key(), model, spec.model());
            return Optional.of(new Refusal("model_not_served", message));
        }
        return engine.refusal(request(command))
                .map(refused -> new Refusal(code(refused), refused.message()));
    }

    private static String code(Submission.Refused refused) {
        return refused.reason().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void start(LaneEffect.Dispatch command) {
        DispatchId id = id(command);
        Receipt receipt =
                intake.of(id)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "run %s came as no command".formatted(id)));
        EngineRequest request = request(command);
        int failsAfter = lots.failsAfter(id, request.producedTokens());
        EngineRequest cut =
                failsAfter == 0
                        ? request
                        : new EngineRequest(
                                request.id(),
                                request.promptTokens(),
                                failsAfter,
                                OptionalInt.empty(),
                                request.promptBlocks());
        if (engine.submit(cut, nowNanos) instanceof Submission.Refused refused) {
            throw new IllegalStateException(refused.message());
        }
        runs.put(request.id(), new RunOnGpu(id, command, receipt, failsAfter > 0));
    }

    @Override
    public void stop(DispatchId id) {
        if (runs.remove(id.toString()) != null) {
            observer.aborted();
        }
        engine.cancel(id.toString(), nowNanos);
    }

    /** Runs that have not got a slot yet, oldest first. */
    List<DispatchId> notStarted() {
        return runs.values().stream().filter(run -> !run.hasStarted()).map(RunOnGpu::id).toList();
    }

    /** How far a run has come; empty before its first token, and when it has ended. */
    Optional<RunProgress> progress(DispatchId id) {
        return Optional.ofNullable(runs.get(id.toString())).flatMap(RunOnGpu::progress);
    }

    /** KV tokens that the runs are expected to hold at their ends. */
    long reservedTokens() {
        return runs.values().stream().mapToLong(run -> run.request().reservedTokens()).sum();
    }

    /** The engine now; its totals are in simulated time. */
    EngineSnapshot snapshot() {
        return engine.snapshot();
    }

    private EngineRequest request(LaneEffect.Dispatch command) {
        PendingRequest request = command.request();
        int prompt = Math.max(1, request.inputTokens());
        int least = request.passengers().minTokens();
        OptionalInt most =
                request.maxTokens() == 0
                        ? OptionalInt.empty()
                        : OptionalInt.of(request.maxTokens());
        return new EngineRequest(
                id(command).toString(),
                prompt,
                least > 0 ? least : naturalLength(request, prompt),
                most,
                blocks(request.passengers().hashes()));
    }

    /** Where only a bound is named, the model has more to say than the bound allows. */
    private int naturalLength(PendingRequest request, int prompt) {
        if (request.maxTokens() > 0) {
            return request.maxTokens() + (request.maxTokens() < Integer.MAX_VALUE ? 1 : 0);
        }
        long room = Math.min(limits.maxContextTokens(), limits.usableKvTokens()) - prompt;
        return lots.outputTokens(request.key(), Math.max(1, room));
    }

    private static PromptBlocks blocks(BlockHashes hashes) {
        return hashes.hashes().length == 0
                ? PromptBlocks.unknown()
                : PromptBlocks.of(hashes.blockTokens(), hashes.hashes());
    }

    private static DispatchId id(LaneEffect.Dispatch command) {
        return new DispatchId(command.request().key(), command.attempt());
    }
}
