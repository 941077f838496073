package io.sluice.sim.engine;

import io.sluice.core.model.Progress;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
    private final EngineLoop loop;
    private final BatchState state;
    private final EngineMeters meters;
    private final @Nullable Interruptions interruptions;
    private final Map<String, Sequence> live = new HashMap<>();

    private long now = Long.MIN_VALUE;
    private boolean advancing;
    // Drivers ask for it far more often than it changes, and it costs a look at every running
    // request.
    private long announced = NEVER;
    private boolean announcedIsOld;

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
        this(profile, progressEveryTokens, StepListener.NONE);
    }

    /**
     * An idle engine that is watched.
     *
     * @param profile what it is like
     * @param progressEveryTokens output tokens between two {@link EngineEvent.Progress} of a
     *     request; 0 for none
     * @param steps gets every step when it ends
     */
    public ContinuousBatchingEngine(
            EngineProfile profile, int progressEveryTokens, StepListener steps) {
        this(profile, EngineMode.onItsOwn(progressEveryTokens), steps);
    }

    private ContinuousBatchingEngine(EngineProfile profile, EngineMode mode, StepListener steps) {
        this.profile = profile;
        Consumer<Sequence> onFinish = ended -> live.remove(ended.id());
        this.loop = new EngineLoop(profile, mode, onFinish, steps);
        this.state = loop.state();
        this.meters = loop.meters();
        this.interruptions = mode.interruptible() ? loop.interruptions() : null;
    }

    /**
     * An idle engine in which somebody else decides, between two steps, who runs. It stands still
     * at the end of a step in which a request has ended, after which memory is short, or for which
     * {@link #pauseAtStepEnd} has asked; the time announced is then the present. Requests may be
     * interrupted and submitted, and the next {@link #advanceTo} starts the next step. If memory is
     * still short the engine helps itself.
     *
     * @param profile what it is like; without look-ahead, which would have composed the next batch
     *     already
     * @param retention what becomes of the memory of those that leave the batch before their end
     */
    public static ContinuousBatchingEngine steered(EngineProfile profile, KvRetention retention) {
        if (profile.rules().lookAheadSteps() > 0) {
            throw new IllegalArgumentException(
                    "engine profile %s: it looks ahead, so the next batch is composed before anybody can change it; use lookAheadSteps 0"
                            .formatted(profile.name()));
        }
        return new ContinuousBatchingEngine(
                profile, EngineMode.steered(retention), StepListener.NONE);
    }

    /**
     * An idle engine that runs by itself, and of which somebody may now and then interrupt a run.
     * It stands still only where {@link #pauseAtStepEnd} has asked for it; one that looks ahead, a
     * step later.
     *
     * @param profile what it is like
     * @param progressEveryTokens output tokens between two {@link EngineEvent.Progress} of a
     *     request; 0 for none
     * @param retention what becomes of the memory of those that leave the batch before their end
     */
    public static ContinuousBatchingEngine interruptible(
            EngineProfile profile, int progressEveryTokens, KvRetention retention) {
        return new ContinuousBatchingEngine(
                profile,
                EngineMode.interruptible(progressEveryTokens, retention),
                StepListener.NONE);
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
        Sequence aside = interruptions == null ? null : interruptions.resume(request);
        Sequence sequence = aside == null ? newSequence(request) : aside;
        live.put(request.id(), sequence);
        state.enqueue(sequence);
        changed();
        return new Submission.Queued();
    }

    private Sequence newSequence(EngineRequest request) {
        long[] keys =
                request.promptBlocks().keys(profile.limits().blockTokens(), request.promptTokens());
        return new Sequence(request, keys);
    }

    /**
     * Has the engine stand still at the end of the step that runs, or of the one after it if that
     * is composed already; the next {@link #advanceTo} goes on. One that runs none needs no asking.
     *
     * @param nowNanos the time; everything before it must have been advanced to
     */
    public void pauseAtStepEnd(long nowNanos) {
        reach(nowNanos);
        loop.pauseAtStepEnd();
        changed();
    }

    /** Whether it is between two steps, so that who runs may be changed. */
    public boolean isBetweenSteps() {
        return !loop.stepRuns();
    }

    /**
     * Takes a request out of a steered or interruptible engine that is between two steps. Submitted
     * again, it goes on where it was, as far as its memory was retained.
     *
     * @param nowNanos the time; everything before it must have been advanced to
     * @return empty if the engine does not hold the request
     */
    public Optional<Interruption> interrupt(String id, long nowNanos) {
        reach(nowNanos);
        if (interruptions == null || loop.stepRuns()) {
            throw new IllegalStateException(
                    "engine: requests can be interrupted between two steps only, of an engine made steered or interruptible");
        }
        Sequence sequence = live.remove(id);
        changed();
        return Optional.ofNullable(sequence).map(interruptions::interrupt);
    }

    /**
     * How far a request has come; empty if the engine does not hold it. Exact between two steps;
     * while one runs, what it computes counts as held.
     */
    public Optional<Progress> progress(String id) {
        return Optional.ofNullable(live.get(id))
                .map(sequence -> new Progress(sequence.emitted, sequence.computed));
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
            return Optional.ofNullable(interruptions)
                    .map(aside -> aside.forget(id))
                    .map(gone -> new Cancellation(id, gone.started, gone.emitted));
        }
        sequence.cancelled = true;
        state.someGone = true;
        state.dropWaiting(sequence);
        changed();
        meters.cancelled++;
        return Optional.of(new Cancellation(id, sequence.started, sequence.emitted));
    }

    private void changed() {
        announcedIsOld = true;
        loop.batchChanged();
    }

    /**
     * The time to advance to next if nothing else happens; {@link #NEVER} if the engine is idle. No
     * event comes before it; now and then none comes at it either.
     */
    public long nextEventAt() {
        if (announcedIsOld) {
            boolean atOnce = loop.isPaused() || (!loop.stepRuns() && !state.waiting.isEmpty());
            announced = atOnce ? now : loop.nextChangeAt();
            announcedIsOld = false;
        }
        return announced;
    }

    /**
     * Lets time pass.
     *
     * @param nowNanos the new time, not before the last one
     * @param listener gets what happened up to and at that time
     */
    public void advanceTo(long nowNanos, EngineListener listener) {
        requireOrder(nowNanos);
        advancing = true;
        announcedIsOld = true;
        try {
            loop.startIfWaiting(now, listener);
            loop.run(nowNanos, listener);
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
                loop.freeKvTokens(),
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

    /**
     * Brings the state up to just before a time at which somebody calls; a step that ends at that
     * very time still runs.
     */
    private void reach(long nowNanos) {
        requireOrder(nowNanos);
        if (nextEventAt() < nowNanos) {
            throw new IllegalStateException(
                    "engine: advanceTo(%d) first, an event is due at %d"
                            .formatted(nowNanos, nextEventAt()));
        }
        loop.run(nowNanos - 1, SILENCE);
        now = nowNanos;
    }

    private void requireOrder(long nowNanos) {
        if (nowNanos < now) {
            throw new IllegalArgumentException(
                    "engine: time goes back from %d to %d".formatted(now, nowNanos));
        }
        if (advancing) {
            throw new IllegalStateException(
                    "engine: called back by its own listener; act after advanceTo returns");
        }
    }
}
