package io.sluice.apps.simulate;

import io.sluice.sim.result.Distribution;
import io.sluice.sim.result.RunFigures;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The figures of a run by the names that reports give them. */
final class Figures {

    /** All of them, in the order of a report. */
    static final Map<String, ToDoubleFunction<RunFigures>> BY_NAME = byName();

    private Figures() {}

    /**
     * The figure of a name.
     *
     * @throws IllegalArgumentException naming the choices, if there is none
     */
    static ToDoubleFunction<RunFigures> named(String name) {
        ToDoubleFunction<RunFigures> figure = BY_NAME.get(name);
        if (figure == null) {
            throw new IllegalArgumentException(
                    "unknown figure '%s'; choose from %s"
                            .formatted(name, String.join(", ", BY_NAME.keySet())));
        }
        return figure;
    }

    private static Map<String, ToDoubleFunction<RunFigures>> byName() {
        Map<String, ToDoubleFunction<RunFigures>> all = new LinkedHashMap<>();
        all.put("completed", RunFigures::completed);
        all.put("total_s", run -> run.latency().mean() * run.latency().count());
        distribution(all, "", RunFigures::latency);
        distribution(all, "ttft_", run -> run.waits().ttft());
        distribution(all, "tpot_", run -> run.waits().tpot());
        distribution(all, "queue_", run -> run.waits().queue());
        distribution(all, "per_token_", run -> run.waits().perToken());
        distribution(all, "max_waiting_", run -> run.quality().longestWait());
        all.put("starvation_max_s", run -> run.waits().queue().max());
        all.put("makespan_s", RunFigures::makespan);
        all.put("throughput_per_s", RunFigures::throughput);
        all.put("mean_batch", run -> run.work().meanBatch());
        all.put("cache_hit_rate", run -> run.work().cacheHitRate());
        all.put("preemptions", run -> run.work().preemptions());
        all.put("misses", run -> run.deadlines().misses());
        all.put("rejected_early", run -> run.deadlines().rejectedEarly());
        all.put("wasted_tokens", run -> run.deadlines().wastedTokens());
        all.put("workflows", run -> run.workflows().count());
        all.put("workflows_completed", run -> run.workflows().completed());
        distribution(all, "workflow_", run -> run.workflows().latency());
        all.put("first_answers_s", run -> run.answers().firstSeconds());
        all.put("answers_within", run -> run.answers().within());
        all.put("attainment", run -> run.quality().attainment());
        all.put("goodput_per_s", run -> run.quality().goodput());
        all.put("jain", run -> run.quality().jain());
        return Collections.unmodifiableMap(all);
    }

    private static void distribution(
            Map<String, ToDoubleFunction<RunFigures>> all,
            String prefix,
            Function<RunFigures, Distribution> part) {
        all.put(prefix + "mean_s", run -> part.apply(run).mean());
        all.put(prefix + "p50_s", run -> part.apply(run).p50());
        all.put(prefix + "p90_s", run -> part.apply(run).p90());
        all.put(prefix + "p99_s", run -> part.apply(run).p99());
    }
}
