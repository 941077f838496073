package io.sluice.sim.engine;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/**
 * Takes steps: starts what is composed, ends what has run its time, hands out tokens, and jumps
 * where steps are alike. Knows no callers and no ids; {@link ContinuousBatchingEngine} keeps its
 * time in order.
 */
final class EngineLoop {
    private static final int UNKNOWN = -1;

    private final EngineProfile profile;
    private final EngineMode mode;
    private final Consumer<Sequence> onFinish;
    private final StepListener steps;
    private final BatchState state = new BatchState();
    private final EngineMeters meters = new EngineMeters();
    private final KvMemory memory;
    private final Evictions evictions;
    private final BatchComposer composer;
    private final DecodeJump jump;

    private @Nullable RunningStep current;
    private @Nullable StepPlan prepared;
    private @Nullable StepTime paused;
    private boolean pauseAsked;
    // To find out costs a look at every running request, and it is asked for twice per event.
    private int alike = UNKNOWN;

    /**
     * An idle loop.
     *
     * @param mode how it is dealt with from outside
     * @param onFinish learns of each request that made its last token
     * @param steps learns of each step that ended
     */
    EngineLoop(
            EngineProfile profile,
            EngineMode mode,
            Consumer<Sequence> onFinish,
            StepListener steps) {
        this.profile = profile;
        this.mode = mode;
        this.onFinish = onFinish;
        this.steps = steps;
        this.memory = KvMemory.of(profile.limits(), profile.rules());
        this.evictions = new Evictions(profile, mode.retention(), state, memory, meters);
        this.composer = new BatchComposer(profile, state, memory, meters, evictions);
        this.jump = new DecodeJump(profile, state, memory, mode.progressEveryTokens());
    }

    /** What takes runs out of the batch and has them ready when they come back. */
    Interruptions interruptions() {
        return new Interruptions(evictions, state);
    }

    BatchState state() {
        return state;
    }

    EngineMeters meters() {
        return meters;
    }

    long freeKvTokens() {
        return memory.freeTokens();
    }

    boolean stepRuns() {
        return current != null;
    }

    /** Whether it stands between two steps, for somebody to change who runs. */
    boolean isPaused() {
        return paused != null;
    }

    /** Somebody came or left: what is to come is not what it was. */
    void batchChanged() {
        alike = UNKNOWN;
    }

    /**
     * Has it stand still at the end of the step that runs, or of the next one if that is composed
     * already.
     */
    void pauseAtStepEnd() {
        pauseAsked = current != null;
    }

    /** Goes on after a pause, or starts the first step of an idle engine if somebody waits. */
    void startIfWaiting(long nanos, EngineListener listener) {
        if (paused != null) {
            StepTime start = paused;
            paused = null;
            startNext(start, listener);
        } else if (current == null && !state.waiting.isEmpty()) {
            meters.becomesBusy(nanos);
            startNext(StepTime.at(nanos), listener);
        }
    }

    /** Ends all steps that end at a time or before it. */
    void run(long until, EngineListener listener) {
        while (current != null && current.end().nanos() <= until) {
            if (stepsAlike(current) > 0) {
                takeJump(current, until);
            } else {
                endStep(current, listener);
            }
        }
    }

    /**
     * The end of the first step that is not like the one before it; {@link
     * ContinuousBatchingEngine#NEVER} if none runs.
     */
    long nextChangeAt() {
        if (current == null) {
            return ContinuousBatchingEngine.NEVER;
        }
        int steps = stepsAlike(current);
        if (steps == 0) {
            return current.end().nanos();
        }
        return current.start().plus(runPicos(current.plan().load(), steps + 1)).nanos();
    }

    /** Step ends from that of a step on that are alike and can be taken at once. */
    private int stepsAlike(RunningStep step) {
        if (alike == UNKNOWN) {
            alike = pauseAsked ? 0 : jump.limit(step.plan());
        }
        return alike;
    }

    private void endStep(RunningStep step, EngineListener listener) {
        meters.stepsEnded(step.plan().load(), 1);
        steps.onSteps(step.plan().load(), 1, step.end().nanos());
        List<Sequence> emitters = step.plan().emitters();
        for (int i = 0; i < emitters.size(); i++) {
            if (!emitters.get(i).cancelled) {
                emit(emitters.get(i), step.end().nanos(), listener);
            }
        }
        boolean changed = state.dropGone(memory);
        boolean wanted = pauseAsked || (mode.steered() && (changed || isShortOfMemory()));
        if (wanted && isNothingPrepared()) {
            pauseAsked = false;
            current = null;
            paused = step.end();
        } else {
            startNext(step.end(), listener);
        }
    }

    /** Whether no batch is composed already, which nobody could change any more. */
    private boolean isNothingPrepared() {
        return prepared == null || prepared.isEmpty();
    }

    /** Whether those who run cannot all have what their next token takes. */
    private boolean isShortOfMemory() {
        long missing = 0;
        for (Sequence sequence : state.running) {
            missing += memory.missingBlocks(sequence, sequence.computed + 1);
        }
        return missing > memory.freeBlocks();
    }

    private void emit(Sequence sequence, long nanos, EngineListener listener) {
        sequence.emitted++;
        meters.outputTokens++;
        if (sequence.emitted == 1) {
            listener.onEvent(new EngineEvent.FirstToken(sequence.id(), nanos));
        }
        if (sequence.finished()) {
            state.someGone = true;
            onFinish.accept(sequence);
            meters.finished++;
            FinishReason reason = sequence.request.finishReason();
            listener.onEvent(
                    new EngineEvent.Finished(sequence.id(), nanos, sequence.emitted, reason));
        } else if (isProgressDue(sequence)) {
            listener.onEvent(new EngineEvent.Progress(sequence.id(), nanos, sequence.emitted));
        }
    }

    private boolean isProgressDue(Sequence sequence) {
        int every = mode.progressEveryTokens();
        return every > 0 && sequence.emitted % every == 0;
    }

    /**
     * Starts the prepared step, or composes one if there is none, and composes the one after it if
     * the engine looks ahead and is not to pause.
     */
    private void startNext(StepTime start, EngineListener listener) {
        alike = UNKNOWN;
        StepPlan plan = prepared;
        prepared = null;
        if (plan == null || plan.isEmpty()) {
            plan = composer.compose(start.nanos(), listener);
        }
        if (plan.isEmpty()) {
            becomeIdle(start.nanos());
            return;
        }
        current = RunningStep.of(plan, start, profile.cost());
        if (profile.rules().lookAheadSteps() > 0 && !pauseAsked) {
            prepared = composer.compose(start.nanos(), listener);
        }
    }

    private void becomeIdle(long nanos) {
        if (!state.idle()) {
            throw new IllegalStateException(
                    "engine %s at %d: %d running and %d waiting requests are left, but no batch can be composed"
                            .formatted(
                                    profile.name(),
                                    nanos,
                                    state.running.size(),
                                    state.waiting.size()));
        }
        current = null;
        meters.becomesIdle(nanos);
    }

    /** Ends as many of the steps that are alike at once as end up to a time; the first one does. */
    private void takeJump(RunningStep step, long until) {
        StepLoad load = step.plan().load();
        int taken = jump.within(load, alike, step.start().picosUpTo(until));
        for (int i = 0; i < state.running.size(); i++) {
            Sequence sequence = state.running.get(i);
            sequence.decode(taken);
            memory.grow(sequence, sequence.computed);
        }
        alike = taken == alike ? UNKNOWN : alike - taken;
        meters.stepsEnded(load, taken);
        meters.outputTokens += (long) taken * load.decodes();
        StepTime start = step.start().plus(runPicos(load, taken));
        steps.onSteps(load, taken, start.nanos());
        current = RunningStep.of(step.plan().after(taken), start, profile.cost());
        prepared = prepared == null ? null : prepared.after(taken);
    }

    private long runPicos(StepLoad first, int steps) {
        return profile.cost().decodeRunPicos(first, steps);
    }

    /** The step on the GPU. */
    private record RunningStep(StepPlan plan, StepTime start, StepTime end) {
        static RunningStep of(StepPlan plan, StepTime start, StepCost cost) {
            return new RunningStep(plan, start, start.plus(plan.picos(cost)));
        }
    }
}
