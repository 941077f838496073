package io.sluice.sim.engine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * The rules once more, as plainly as they can be written: one step after the other, lists searched
 * from end to end, no block ids, no jumps. Shares nothing with the engine but the profile, the
 * request and the cost of a single step.
 */
final class NaiveEngine {
    private static final class Block {
        @Nullable Object key;
        @Nullable Object former;
        int holders;
    }

    private static final class Job {
        final EngineRequest request;
        final long[] keys;
        final List<Block> blocks = new ArrayList<>();
        int target;
        int published;
        int computed;
        int planned;
        int emitted;
        boolean started;
        boolean cancelled;

        Job(EngineRequest request, int blockTokens) {
            this.request = request;
            this.keys = request.promptBlocks().keys(blockTokens, request.promptTokens());
            this.target = request.promptTokens();
        }

        int output() {
            return request.producedTokens();
        }
    }

    private record Former(Job job, int index) {}

    private record Step(List<Job> emitters, StepLoad load) {}

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
    private final int blockTokens;
    private final List<Block> free = new ArrayList<>();
    private final List<Block> all = new ArrayList<>();
    private final List<Job> running = new ArrayList<>();
    private final List<Job> waiting = new ArrayList<>();
    private final List<Job> known = new ArrayList<>();
    private int nextAction;
    private long picos;

    // The batch being composed.
    private List<Job> emitters = new ArrayList<>();
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
        this.blockTokens = profile.limits().blockTokens();
        for (int i = 0; i < profile.limits().kvBlocks() - 1; i++) {
            free.add(new Block());
        }
        all.addAll(free);
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
            picos += stepPicos.applyAsLong(current.load());
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
        Job job = new Job(request, blockTokens);
        long tokens = request.promptTokens() + job.output();
        if (tokens > profile.limits().maxContextTokens()
                || tokens > (profile.limits().kvBlocks() - 1) * blockTokens) {
            refused.add(request.id());
            return;
        }
        known.add(job);
        waiting.add(job);
    }

    private void cancel(String id) {
        for (Job job : known) {
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
        for (Job job : step.emitters()) {
            if (!job.cancelled) {
                emit(job);
            }
        }
        for (Job job : List.copyOf(running)) {
            if (job.cancelled || job.emitted == job.output()) {
                running.remove(job);
                releaseBlocks(job);
            }
        }
    }

    private void emit(Job job) {
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
        return new Step(
                emitters,
                new StepLoad(
                        prompts.stream().mapToInt(Integer::intValue).sum(),
                        prompts.stream().mapToInt(Integer::intValue).max().orElse(0),
                        contexts.size(),
                        context,
                        contexts.stream().mapToInt(Integer::intValue).max().orElse(0)));
    }

    /** Returns the budget left, or -1 if somebody was preempted. */
    private int planRunning(int budget) {
        boolean preempted = false;
        for (Job job : List.copyOf(running)) {
            if (job.planned == job.output() || !running.contains(job) || budget == 0) {
                continue;
            }
            int tokens =
                    job.computed < job.target ? Math.min(job.target - job.computed, budget) : 1;
            while (running.contains(job) && missing(job, job.computed + tokens) > free.size()) {
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
            Job job = waiting.get(0);
            List<Block> hits = hits(job);
            long needed = blocksFor(job.target) - hits.stream().filter(b -> b.holders > 0).count();
            if (needed > free.size() || (!chunked && job.target > budget)) {
                break;
            }
            waiting.remove(0);
            running.add(job);
            for (Block block : hits) {
                block.holders++;
                free.remove(block);
                job.blocks.add(block);
            }
            job.computed = hits.size() * blockTokens;
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

    private void plan(Job job, int tokens) {
        boolean prompt = job.computed < job.target;
        while (missing(job, job.computed + tokens) > 0) {
            Block block = free.remove(0);
            block.key = null;
            block.former = null;
            block.holders = 1;
            job.blocks.add(block);
        }
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
        publish(job);
    }

    private void publish(Job job) {
        int full = Math.min(job.keys.length, job.computed / blockTokens);
        for (int i = job.published; i < full; i++) {
            long key = job.keys[i];
            boolean known = all.stream().anyMatch(b -> Objects.equals(b.key, key));
            if (!known && job.blocks.get(i).key == null) {
                job.blocks.get(i).key = key;
            }
            job.published = i + 1;
        }
    }

    private List<Block> hits(Job job) {
        List<Block> hits = new ArrayList<>();
        if (!profile.rules().prefixCache()) {
            return hits;
        }
        for (int i = 0; (i + 1) * blockTokens <= job.target - 1; i++) {
            Object key = i < job.keys.length ? (Object) job.keys[i] : null;
            Former former = new Former(job, i);
            Block hit =
                    all.stream()
                            .filter(b -> key != null && key.equals(b.key))
                            .findFirst()
                            .or(() -> all.stream().filter(b -> former.equals(b.former)).findFirst())
                            .orElse(null);
            if (hit == null) {
                break;
            }
            hits.add(hit);
        }
        return hits;
    }

    private void preemptYoungest() {
        Job victim = null;
        for (Job job : running) {
            victim = job.planned < job.output() ? job : victim;
        }
        Job gone = Objects.requireNonNull(victim);
        running.remove(gone);
        waiting.add(0, gone);
        for (Block block : all) {
            // What an earlier preemption left of it counts no more.
            block.former =
                    block.former instanceof Former f && f.job() == gone ? null : block.former;
        }
        for (int i = 0; (i + 1) * blockTokens <= gone.computed; i++) {
            gone.blocks.get(i).former = new Former(gone, i);
        }
        releaseBlocks(gone);
        gone.computed = 0;
        gone.published = 0;
        gone.target = gone.request.promptTokens() + gone.planned;
        events.add(new EngineEvent.Preempted(gone.request.id(), nanos(), gone.emitted));
    }

    private void releaseBlocks(Job job) {
        Collections.reverse(job.blocks);
        for (Block block : job.blocks) {
            if (--block.holders == 0) {
                free.add(block);
            }
        }
        job.blocks.clear();
    }

    private int missing(Job job, int tokens) {
        return Math.max(0, blocksFor(tokens) - job.blocks.size());
    }

    private int blocksFor(int tokens) {
        return (tokens + blockTokens - 1) / blockTokens;
    }

    private static boolean isEmpty(Step step) {
        return step.load().prefillTokens() == 0 && step.load().decodes() == 0;
    }

    private long nanos() {
        return picos / 1_000;
    }
}
