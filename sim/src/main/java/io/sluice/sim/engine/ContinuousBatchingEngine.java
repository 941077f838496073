package io.sluice.sim.engine;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A model of an inference engine with continuous batching: a deterministic state machine to which
 * the time is told. It has no clock, so the same engine serves a simulator on a virtual clock and a
 * worker on the wall clock.
 *
 * <p>Use: before anything else at time t, {@link #advanceTo}(t). Then {@link #submit} and {@link
 * #cancel}. Then wait until {@link #nextEventAt} or until something else happens. Times must not go
 * back.
 *
 * <p>Rules. A step takes a batch, lasts as long as its {@link StepCost}, and gives one token to
 * each request whose prompt is computed; the step that computes the last prompt token gives the
 * first. Requests that arrive during a step are seen at its end; an idle engine starts at once.
 * With a look-ahead of one step, what is composed when a step ends runs after the next one. The
 * rest of the rules is in {@link BatchComposer} and {@link KvMemory}; {@code docs/engine-model.md}
 * has all of them, with their sources.
 *
 * <p>The cost is per event, not per token: steps that differ only in context length are taken at
 * once, at exactly the times that single steps would have.
 *
 * <p>Not thread-safe.
 */
public final class ContinuousBatchingEngine {
    /** What {@link #nextEventAt} says of an engine that has nothing to do. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final EngineListener SILENCE =
            event -> {
                throw new IllegalStateException(
                        "engine: an event came before its announced time: " + event);
            };

    private final EngineProfile profile;
    private final int progressEveryTokens;
    private final BatchState state = new BatchState();
    private final EngineMeters meters = new EngineMeters();
    private final Map<String, Sequence> live = new HashMap<>();
    private final KvMemory memory;
    private final BatchComposer composer;
    private final DecodeJump jump;

    private long now = Long.MIN_VALUE;
    private boolean advancing;
    private @Nullable RunningStep current;
    private @Nullable StepPlan prepared;

    /** An engine that reports no progress between the first and the last token. */
    public ContinuousBatchingEngine(EngineProfile profile) {
        this(profile, 0);
    }

    /**
     * An idle engine.
     *
     * @param profile what it is like
     * @param progressEveryTokens output tokens between two {@link EngineEvent.Progress} of a
     *     request; 0 for none
     */
    public ContinuousBatchingEngine(EngineProfile profile, int progressEveryTokens) {
        if (progressEveryTokens < 0) {
            throw new IllegalArgumentException(
                    "engine: progressEveryTokens must not be negative, is " + progressEveryTokens);
        }
        this.profile = profile;
        this.progressEveryTokens = progressEveryTokens;
        this.memory = new KvMemory(profile.limits(), profile.rules().prefixCache());
        this.composer = new BatchComposer(profile, state, memory, meters);
        this.jump = new DecodeJump(profile, state, memory, progressEveryTokens);
    }

    /** What the engine is like. */
    public EngineProfile profile() {
        return profile;
    }

    /**
     * Gives the engine a request, or learns why it can never run it. Nothing is started before the
     * next {@link #advanceTo}, so requests submitted at one time to an idle engine share its first
     * batch.
     *
     * @param nowNanos the time; everything before it must have been advanced to
     */
    public Submission submit(EngineRequest request, long nowNanos) {
        reach(nowNanos);
        Optional<Submission.Refused> refusal = refusal(request);
        if (refusal.isPresent()) {
            meters.refused++;
            return refusal.get();
        }
        long[] keys =
                request.promptBlocks().keys(profile.limits().blockTokens(), request.promptTokens());
        Sequence sequence = new Sequence(request, keys);
        live.put(request.id(), sequence);
        state.enqueue(sequence);
        return new Submission.Queued();
    }

    /** Why the engine would refuse a request, if it would; nothing is changed by asking. */
    public Optional<Submission.Refused> refusal(EngineRequest request) {
        return Admissibility.refusal(request, profile, live.containsKey(request.id()));
    }

    /**
     * Takes a request back. There are no more events of it. If it runs, its slot and memory are
     * free when the current step ends.
     *
     * @param nowNanos the time; everything before it must have been advanced to
     * @return empty if the engine does not hold the request
     */
    public Optional<Cancellation> cancel(String id, long nowNanos) {
        reach(nowNanos);
        Sequence sequence = live.remove(id);
        if (sequence == null) {
            return Optional.empty();
        }
        sequence.cancelled = true;
        state.dropWaiting(sequence);
        meters.cancelled++;
        return Optional.of(new Cancellation(id, sequence.started, sequence.emitted));
    }

    /**
     * The time to advance to next if nothing else happens; {@link #NEVER} if the engine is idle. No
     * event comes before it; now and then none comes at it either.
     */
    public long nextEventAt() {
        if (current == null) {
            return state.waiting.isEmpty() ? NEVER : now;
        }
        StepLoad load = current.plan().load();
        int quiet = jump.limit(current.plan(), newestPlan(current));
        return quiet == 0
                ? current.end().nanos()
                : current.start().plus(runPicos(load, quiet + 1)).nanos();
    }

    /**
     * Lets time pass.
     *
     * @param nowNanos the new time, not before the last one
     * @param listener gets what happened up to and at that time
     */
    public void advanceTo(long nowNanos, EngineListener listener) {
        requireNotBack(nowNanos);
        if (advancing) {
            throw new IllegalStateException(
                    "engine: called back by its own listener; act after advanceTo returns");
        }
        advancing = true;
        try {
            run(nowNanos, listener);
        } finally {
            advancing = false;
        }
        now = nowNanos;
    }

    /** The engine at the time last told. */
    public EngineSnapshot snapshot() {
        return new EngineSnapshot(
                now,
                state.running.stream().map(Sequence::id).toList(),
                state.waiting.stream().map(Sequence::id).toList(),
                profile.limits().maxSequences(),
                memory.freeTokens(),
                profile.limits().usableKvTokens(),
                meters.at(now));
    }

    /** Requests that hold a slot. */
    public int runningCount() {
        return state.running.size();
    }

    /** Requests that wait. */
    public int waitingCount() {
        return state.waiting.size();
    }

    private void run(long until, EngineListener listener) {
        if (current == null && !state.waiting.isEmpty()) {
            meters.becomesBusy(now);
            startNext(StepTime.at(now), listener);
        }
        while (current != null && current.end().nanos() <= until) {
            if (!takeJump(current, until)) {
                endStep(current, listener);
            }
        }
    }

    private void endStep(RunningStep step, EngineListener listener) {
        meters.stepsEnded(step.plan().load(), 1);
        for (Sequence sequence : step.plan().emitters()) {
            if (!sequence.cancelled) {
                emit(sequence, step.end().nanos(), listener);
            }
        }
        state.dropGone(memory);
        startNext(step.end(), listener);
    }

    private void emit(Sequence sequence, long nanos, EngineListener listener) {
        sequence.emitted++;
        meters.outputTokens++;
        if (sequence.emitted == 1) {
            listener.onEvent(new EngineEvent.FirstToken(sequence.id(), nanos));
        }
        if (sequence.finished()) {
            live.remove(sequence.id());
            meters.finished++;
            FinishReason reason = sequence.request.finishReason();
            listener.onEvent(
                    new EngineEvent.Finished(sequence.id(), nanos, sequence.emitted, reason));
        } else if (progressEveryTokens > 0 && sequence.emitted % progressEveryTokens == 0) {
            listener.onEvent(new EngineEvent.Progress(sequence.id(), nanos, sequence.emitted));
        }
    }

    /**
     * Starts the prepared step, or composes one if there is none, and composes the one after it if
     * the engine looks ahead.
     */
    private void startNext(StepTime start, EngineListener listener) {
        StepPlan plan = prepared;
        prepared = null;
        if (plan == null || plan.isEmpty()) {
            plan = composer.compose(start.nanos(), listener);
        }
        if (plan.isEmpty()) {
            if (!state.idle()) {
                throw new IllegalStateException(
                        "engine: requests are left but no batch can be composed: " + snapshot());
            }
            current = null;
            meters.becomesIdle(start.nanos());
            return;
        }
        current = RunningStep.of(plan, start, profile.cost().stepPicos(plan.load()));
        if (profile.rules().lookAheadSteps() > 0) {
            prepared = composer.compose(start.nanos(), listener);
        }
    }

    /**
     * Takes as many equal step ends at once as there are up to a time. Returns whether there was
     * one.
     */
    private boolean takeJump(RunningStep step, long until) {
        int limit = jump.limit(step.plan(), newestPlan(step));
        if (limit == 0) {
            return false;
        }
        StepLoad load = step.plan().load();
        int steps = jump.within(load, limit, step.start().picosUpTo(until));
        for (Sequence sequence : state.running) {
            sequence.decode(steps);
            memory.grow(sequence, sequence.computed);
        }
        meters.stepsEnded(load, steps);
        meters.outputTokens += (long) steps * load.decodes();
        StepTime start = step.start().plus(runPicos(load, steps));
        StepPlan plan = step.plan().after(steps);
        current = RunningStep.of(plan, start, profile.cost().stepPicos(plan.load()));
        prepared = prepared == null ? null : prepared.after(steps);
        return true;
    }

    private StepPlan newestPlan(RunningStep step) {
        return prepared == null ? step.plan() : prepared;
    }

    private long runPicos(StepLoad first, int steps) {
        return profile.cost().decodeRunPicos(first, steps);
    }

    /**
     * Brings the state up to just before a time at which somebody calls; a step that ends at that
     * very time still runs.
     */
    private void reach(long nowNanos) {
        requireNotBack(nowNanos);
        if (advancing) {
            throw new IllegalStateException(
                    "engine: called back by its own listener; act after advanceTo returns");
        }
        if (nextEventAt() < nowNanos) {
            throw new IllegalStateException(
                    "engine: advanceTo(%d) first, an event is due at %d"
                            .formatted(nowNanos, nextEventAt()));
        }
        if (current != null) {
            run(nowNanos - 1, SILENCE);
        }
        now = nowNanos;
    }

    private void requireNotBack(long nowNanos) {
        if (nowNanos < now) {
            throw new IllegalArgumentException(
                    "engine: time goes back from %d to %d".formatted(now, nowNanos));
        }
    }

    /** The step on the GPU. */
    private record RunningStep(StepPlan plan, StepTime start, StepTime end) {
        static RunningStep of(StepPlan plan, StepTime start, long picos) {
            return new RunningStep(plan, start, start.plus(picos));
        }
    }
}
