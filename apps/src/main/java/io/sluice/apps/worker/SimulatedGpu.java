package io.sluice.apps.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.sim.engine.ContinuousBatchingEngine;
import io.sluice.sim.engine.EngineEvent;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineRequest;
import io.sluice.sim.engine.EngineSnapshot;
import io.sluice.sim.engine.Interruption;
import io.sluice.sim.engine.KvRetention;
import io.sluice.sim.engine.PromptBlocks;
import io.sluice.sim.engine.ScaledEngine;
import io.sluice.sim.engine.Submission;
import io.sluice.sim.engine.TimeScale;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.WorkerEngine;
import io.sluice.sim.worker.WorkerProtocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

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
    private final Map<DispatchId, RunOnGpu> runs = new LinkedHashMap<>();
    private final Map<String, RunOnGpu> byEngineId = new HashMap<>();
    private final Set<DispatchId> toInterrupt = new LinkedHashSet<>();
    private final SetAside aside = new SetAside(SetAside.MOST, this::forget);
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
                        ContinuousBatchingEngine.interruptible(
                                spec.profile(), spec.progressEveryTokens(), KvRetention.CHEAPER),
                        TimeScale.of(spec.speedup(), startNanos));
    }

    /** When something happens next; {@link ContinuousBatchingEngine#NEVER} if nothing does. */
    long nextEventNanos() {
        return engine.nextEventAt();
    }

    /** Lets time pass and tells the protocol what happened. */
    void advance(long nanos, WorkerProtocol protocol, long protocolMillis) {
        nowNanos = nanos;
        run(protocol, protocolMillis);
        while (!toInterrupt.isEmpty() && engine.isBetweenSteps()) {
            List<DispatchId> leaving = List.copyOf(toInterrupt);
            toInterrupt.clear();
            leaving.forEach(id -> takeOut(id, protocol, protocolMillis));
            run(protocol, protocolMillis);
        }
        if (!toInterrupt.isEmpty()) {
            engine.pauseAtStepEnd(nanos);
        }
    }

    private void run(WorkerProtocol protocol, long millis) {
        engine.advanceTo(nowNanos, happened::add);
        List<EngineEvent> events = List.copyOf(happened);
        happened.clear();
        for (EngineEvent event : events) {
            RunOnGpu run = byEngineId.get(event.id());
            if (run != null) {
                tell(run, event, protocol, millis);
            }
        }
    }

    /** Between two steps of the engine. */
    private void takeOut(DispatchId id, WorkerProtocol protocol, long millis) {
        RunOnGpu run = remove(id);
        if (run == null) {
            return;
        }
        Interruption left =
                engine.interrupt(run.onEngine().id(), nowNanos)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "the engine does not hold run %s".formatted(id)));
        aside.put(run);
        Progress progress = new Progress(left.outputTokens(), left.heldTokens());
        protocol.interrupted(id, progress, millis);
    }

    private @Nullable RunOnGpu remove(DispatchId id) {
        RunOnGpu run = runs.remove(id);
        toInterrupt.remove(id);
        if (run != null) {
            byEngineId.remove(run.onEngine().id());
        }
        return run;
    }

    private void forget(RunOnGpu interrupted) {
        engine.cancel(interrupted.onEngine().id(), nowNanos);
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
        remove(run.id());
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
        RunOnGpu run = takenUp(command).orElseGet(() -> begun(command));
        if (engine.submit(run.onEngine(), nowNanos) instanceof Submission.Refused refused) {
            throw new IllegalStateException(refused.message());
        }
        runs.put(run.id(), run);
        byEngineId.put(run.onEngine().id(), run);
    }

    private RunOnGpu begun(LaneEffect.Dispatch command) {
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
        return new RunOnGpu(id, command, receipt, cut, failsAfter > 0);
    }

    /** The run to go on with, if the request was interrupted here and is the same still. */
    private Optional<RunOnGpu> takenUp(LaneEffect.Dispatch command) {
        Optional<RunOnGpu> kept = aside.take(command.request().key());
        boolean same = kept.isPresent() && isOf(kept.get().request(), command.request());
        if (kept.isPresent() && !same) {
            forget(kept.get());
        }
        return kept.filter(run -> same).map(run -> run.takenUpAs(id(command)));
    }

    /** An id may be used again, for something else, when it has been forgotten. */
    private static boolean isOf(PendingRequest kept, PendingRequest request) {
        return kept.submittedAtMillis() == request.submittedAtMillis()
                && kept.inputTokens() == request.inputTokens()
                && kept.maxTokens() == request.maxTokens();
    }

    @Override
    public void stop(DispatchId id) {
        RunOnGpu run = remove(id);
        if (run != null) {
            observer.aborted();
            engine.cancel(run.onEngine().id(), nowNanos);
        }
    }

    /** At the end of the step that runs. */
    @Override
    public Optional<Progress> interrupt(DispatchId id) {
        if (runs.containsKey(id)) {
            toInterrupt.add(id);
        }
        return Optional.empty();
    }

    @Override
    public Progress reached(DispatchId id) {
        return Optional.ofNullable(runs.get(id))
                .flatMap(run -> engine.progress(run.onEngine().id()))
                .orElse(Progress.NONE);
    }

    /** Runs that have not got a slot yet, oldest first. */
    List<DispatchId> notStarted() {
        return runs.values().stream().filter(run -> !run.hasStarted()).map(RunOnGpu::id).toList();
    }

    /** How far a run has come; empty before its first token, and when it has ended. */
    Optional<RunProgress> progress(DispatchId id) {
        return Optional.ofNullable(runs.get(id)).flatMap(RunOnGpu::progress);
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
