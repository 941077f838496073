package io.sluice.sim.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * The rules once more, as plainly as they can be written: one step after the other, lists searched
 * from end to end, no block ids, no jumps. Shares nothing with the engine but the profile, the
 * request and the cost of a single step.
 */
final class NaiveEngine {
    private record Step(List<NaiveJob> emitters, StepLoad load, long transferPicos) {}

    final List<EngineEvent> events = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    final List<StepLoad> loads = new ArrayList<>();
    final List<Long> ends = new ArrayList<>();
    long steps;
    long prefillTokens;
    long decodeTokens;
    long cachedTokens;

    private final Scenario scenario;
    private final EngineProfile profile;
    private final ToLongFunction<StepLoad> stepPicos;
    private final NaiveMemory memory;
    private final List<NaiveJob> running = new ArrayList<>();
    private final List<NaiveJob> waiting = new ArrayList<>();
    private final List<NaiveJob> known = new ArrayList<>();
    private int nextAction;
    private long picos;
    private long transferPicos;

    // The batch being composed.
    private List<NaiveJob> emitters = new ArrayList<>();
    private List<Integer> prompts = new ArrayList<>();
    private List<Integer> contexts = new ArrayList<>();

    NaiveEngine(Scenario scenario) {
        this(scenario, scenario.profile().cost()::stepPicos);
    }

    /** An engine whose steps last as somebody else says, once for each step. */
    NaiveEngine(Scenario scenario, ToLongFunction<StepLoad> stepPicos) {
        this.scenario = scenario;
        this.stepPicos = stepPicos;
        this.profile = scenario.profile();
        this.memory = new NaiveMemory(profile);
    }

    NaiveEngine run() {
        List<Scenario.Action> actions = scenario.actions();
        while (nextAction < actions.size()) {
            picos = actions.get(nextAction).atNanos() * 1_000;
            // All that comes at the time of the first arrival is there when an idle engine starts.
            actUpTo(actions.get(nextAction).atNanos());
            busyPeriod();
        }
        return this;
    }

    private void busyPeriod() {
        Step current = compose();
        Step prepared = null;
        while (!isEmpty(current)) {
            if (profile.rules().lookAheadSteps() == 1) {
                prepared = compose();
            }
            picos += stepPicos.applyAsLong(current.load()) + current.transferPicos();
            // What comes with the end of a step is seen at it, as it is by an engine told of it
            // before that time.
            actUpTo(nanos());
            end(current);
            current = prepared == null || isEmpty(prepared) ? compose() : prepared;
        }
    }

    private void actUpTo(long nanos) {
        List<Scenario.Action> actions = scenario.actions();
        while (nextAction < actions.size() && actions.get(nextAction).atNanos() <= nanos) {
            Scenario.Action action = actions.get(nextAction++);
            if (action instanceof Scenario.Submit submit) {
                submit(submit.request());
            } else if (action instanceof Scenario.Cancel cancel) {
                cancel(cancel.id());
            }
        }
    }

    private void submit(EngineRequest request) {
        NaiveJob job = memory.job(request);
        long tokens = request.promptTokens() + job.output();
        if (tokens > profile.limits().maxContextTokens() || tokens > memory.tokens()) {
            refused.add(request.id());
            return;
        }
        known.add(job);
        waiting.add(job);
    }

    private void cancel(String id) {
        for (NaiveJob job : known) {
            if (job.request.id().equals(id) && job.emitted < job.output()) {
                job.cancelled = true;
                waiting.remove(job);
            }
        }
    }

    private void end(Step step) {
        steps++;
        loads.add(step.load());
        ends.add(nanos());
        prefillTokens += step.load().prefillTokens();
        decodeTokens += step.load().decodes();
        for (NaiveJob job : step.emitters()) {
            if (!job.cancelled) {
                emit(job);
            }
        }
        for (NaiveJob job : List.copyOf(running)) {
            if (job.cancelled || job.emitted == job.output()) {
                running.remove(job);
                memory.release(job);
            }
        }
    }

    private void emit(NaiveJob job) {
        job.emitted++;
        String id = job.request.id();
        if (job.emitted == 1) {
            events.add(new EngineEvent.FirstToken(id, nanos()));
        }
        int every = scenario.progressEveryTokens();
        if (job.emitted == job.output()) {
            FinishReason reason =
                    job.output() < job.request.outputTokens()
                            ? FinishReason.LENGTH
                            : FinishReason.STOP;
            events.add(new EngineEvent.Finished(id, nanos(), job.emitted, reason));
        } else if (every > 0 && job.emitted % every == 0) {
            events.add(new EngineEvent.Progress(id, nanos(), job.emitted));
        }
    }

    private Step compose() {
        emitters = new ArrayList<>();
        prompts = new ArrayList<>();
        contexts = new ArrayList<>();
        if (profile.rules().prefillMode() == PrefillMode.CHUNKED) {
            int budget = profile.limits().maxBatchedTokens();
            int left = planRunning(budget);
            if (left >= 0) {
                admit(left, true);
            }
        } else if (!admit(profile.limits().maxBatchedTokens(), false)) {
            planRunning(profile.limits().maxBatchedTokens());
        }
        long context = contexts.stream().mapToLong(Integer::longValue).sum();
        StepLoad load =
                new StepLoad(
                        prompts.stream().mapToInt(Integer::intValue).sum(),
                        prompts.stream().mapToInt(Integer::intValue).max().orElse(0),
                        contexts.size(),
                        context,
                        contexts.stream().mapToInt(Integer::intValue).max().orElse(0));
        // Copies under way hold up the next step that computes anything.
        long copies = isEmpty(load) ? 0 : transferPicos;
        transferPicos -= copies;
        return new Step(emitters, load, copies);
    }

    /** Returns the budget left, or -1 if somebody was preempted. */
    private int planRunning(int budget) {
        boolean preempted = false;
        for (NaiveJob job : List.copyOf(running)) {
            if (job.planned == job.output() || !running.contains(job) || budget == 0) {
                continue;
            }
            int tokens =
                    job.computed < job.target ? Math.min(job.target - job.computed, budget) : 1;
            while (running.contains(job)
                    && memory.missing(job, job.computed + tokens) > memory.free()) {
                preemptYoungest();
                preempted = true;
            }
            if (running.contains(job)) {
                plan(job, tokens);
                budget -= tokens;
            }
        }
        return preempted ? -1 : budget;
    }

    private boolean admit(int budget, boolean chunked) {
        boolean any = false;
        while (!waiting.isEmpty()
                && budget > 0
                && running.size() < profile.limits().maxSequences()) {
            NaiveJob job = waiting.get(0);
            if (job.kept) {
                int wanted = memory.blocksFor(Math.max(job.target, job.computed + 1));
                if (wanted > memory.free() || (!chunked && job.target > budget)) {
                    break;
                }
                budget -= takeBack(job, budget, chunked);
                continue;
            }
            List<NaiveMemory.Block> hits = memory.hits(job);
            long needed =
                    memory.blocksFor(job.target) - hits.stream().filter(b -> b.holders > 0).count();
            if (needed > memory.free() || (!chunked && job.target > budget)) {
                break;
            }
            waiting.remove(0);
            running.add(job);
            memory.hold(job, hits);
            cachedTokens += job.computed;
            if (!job.started) {
                job.started = true;
                events.add(new EngineEvent.Started(job.request.id(), nanos(), job.computed));
            }
            int tokens = Math.min(job.target - job.computed, budget);
            budget -= tokens;
            plan(job, tokens);
            any = true;
        }
        return any;
    }

    /** Returns the tokens it is given in this step. */
    private int takeBack(NaiveJob job, int budget, boolean chunked) {
        waiting.remove(0);
        running.add(job);
        transferPicos += profile.transfer().loadPicos() * job.computed;
        job.kept = false;
        memory.give(job, job.computed);
        if (!chunked) {
            return 0;
        }
        int tokens = job.computed < job.target ? Math.min(job.target - job.computed, budget) : 1;
        plan(job, tokens);
        return tokens;
    }

    private void plan(NaiveJob job, int tokens) {
        boolean prompt = job.computed < job.target;
        memory.give(job, job.computed + tokens);
        job.computed += tokens;
        boolean emits = job.computed >= job.target;
        if (emits) {
            job.planned++;
            emitters.add(job);
        }
        boolean whole = profile.rules().prefillMode() == PrefillMode.WHOLE;
        if (prompt && (whole || !emits || tokens > 1)) {
            prompts.add(tokens);
        } else {
            contexts.add(job.computed);
        }
        memory.publish(job);
    }

    private void preemptYoungest() {
        NaiveJob victim = null;
        for (NaiveJob job : running) {
            victim = job.planned < job.output() ? job : victim;
        }
        NaiveJob gone = Objects.requireNonNull(victim);
        running.remove(gone);
        waiting.add(0, gone);
        events.add(new EngineEvent.Preempted(gone.request.id(), nanos(), gone.emitted));
        KvTransfer transfer = profile.transfer();
        long copies = (transfer.savePicos() + transfer.loadPicos()) * gone.computed;
        StepLoad again = new StepLoad(gone.computed, gone.computed, 0, 0, 0);
        if (copies > 0 && copies < profile.cost().stepPicos(again)) {
            transferPicos += transfer.savePicos() * gone.computed;
            gone.kept = true;
            memory.release(gone);
            return;
        }
        memory.preempt(gone);
        gone.computed = 0;
        gone.published = 0;
        gone.target = gone.request.promptTokens() + gone.planned;
    }

    private static boolean isEmpty(Step step) {
        return isEmpty(step.load());
    }

    private static boolean isEmpty(StepLoad load) {
        return load.prefillTokens() == 0 && load.decodes() == 0;
    }

    private long nanos() {
        return picos / 1_000;
    }
}
