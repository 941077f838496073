package io.sluice.apps.worker;

import io.sluice.apps.metrics.Counter;
import io.sluice.apps.metrics.Gauge;
import io.sluice.apps.metrics.Histogram;
import io.sluice.apps.metrics.MetricsPage;
import io.sluice.core.model.RunMeasures;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineSnapshot;

import java.util.Map;
import java.util.Objects;

/**
 * The metrics of an engine by vLLM's names, so that what scrapes vLLM can scrape this. Times are
 * wall time as it is, from the moment a command came; a speedup is not taken out. Buckets reach 600
 * s, further than vLLM's, since long answers take longer than they reach.
 */
final class EngineMetrics implements GpuObserver {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] LATENCY = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.3, 0.5, 1, 2, 5, 10, 20, 40, 80, 160, 300, 600
    };
    private static final double[] TOKEN = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 5, 10
    };

    private final MetricsPage page;
    private final Gauge running;
    private final Gauge waiting;
    private final Gauge kvUsage;
    private final Gauge generationTokens;
    private final Gauge preemptions;
    private final Counter promptTokens;
    private final Counter cacheQueries;
    private final Counter cacheHits;
    private final Counter successes;
    private final Histogram ttft;
    private final Histogram interToken;
    private final Histogram perOutputToken;
    private final Histogram e2e;
    private final Histogram queue;
    private final Histogram prefill;
    private final Histogram decode;
    private final Histogram inference;

    EngineMetrics(EngineProfile profile, String model) {
        page = new MetricsPage(Map.of("model_name", model, "engine", "0"));
        running = page.gauge("vllm:num_requests_running", "Requests that hold a slot.");
        waiting = page.gauge("vllm:num_requests_waiting", "Requests that wait for one.");
        kvUsage = page.gauge("vllm:kv_cache_usage_perc", "Part of the KV cache in use; 1 is all.");
        generationTokens = page.total("vllm:generation_tokens_total", "Output tokens made.");
        preemptions =
                page.total(
                        "vllm:num_preemptions_total",
                        "Runs that had to leave the batch: interrupted, or short of memory.");
        promptTokens =
                page.counter("vllm:prompt_tokens_total", "Prompt tokens of started requests.");
        cacheQueries =
                page.counter(
                        "vllm:prefix_cache_queries_total",
                        "Prompt tokens looked for in the prefix cache.");
        cacheHits = page.counter("vllm:prefix_cache_hits_total", "Prompt tokens found there.");
        successes =
                page.counter("vllm:request_success_total", "Ended requests.", "finished_reason");
        ttft = page.histogram("vllm:time_to_first_token_seconds", "Time to first token.", LATENCY);
        interToken =
                page.histogram(
                        "vllm:inter_token_latency_seconds",
                        "Time between tokens; those of a request count at their mean.",
                        TOKEN);
        perOutputToken =
                page.histogram(
                        "vllm:request_time_per_output_token_seconds",
                        "Mean time between the tokens of a request.",
                        TOKEN);
        e2e = page.histogram("vllm:e2e_request_latency_seconds", "Time to last token.", LATENCY);
        queue = page.histogram("vllm:request_queue_time_seconds", "Time without a slot.", LATENCY);
        prefill =
                page.histogram(
                        "vllm:request_prefill_time_seconds", "From slot to first token.", LATENCY);
        decode =
                page.histogram("vllm:request_decode_time_seconds", "First to last token.", LATENCY);
        inference =
                page.histogram(
                        "vllm:request_inference_time_seconds", "From slot to last token.", LATENCY);
        boolean caches = profile.rules().prefixCache();
        page.info(
                "vllm:cache_config_info",
                "How the KV cache is laid out.",
                Map.of(
                        "block_size", Integer.toString(profile.limits().blockTokens()),
                        "num_gpu_blocks", Integer.toString(profile.limits().kvBlocks()),
                        "enable_prefix_caching", caches ? "True" : "False"));
    }

    MetricsPage page() {
        return page;
    }

    /** The state of the engine has changed. */
    void stepped(EngineSnapshot engine) {
        running.set(engine.running().size());
        waiting.set(engine.waiting().size());
        kvUsage.set(engine.kvUsage());
        generationTokens.set((double) engine.totals().outputTokens());
        preemptions.set((double) engine.totals().preemptions());
    }

    @Override
    public void started(int prompt, int cached) {
        promptTokens.add(prompt);
        cacheQueries.add(prompt);
        cacheHits.add(cached);
    }

    @Override
    public void finished(EngineTimes times, RunMeasures measures) {
        successes.add(Objects.requireNonNullElse(measures.finishReason(), "stop"));
        ttft.observe(times.ttftNanos() / NANOS_PER_SECOND);
        e2e.observe(times.e2eNanos() / NANOS_PER_SECOND);
        queue.observe(times.queueNanos() / NANOS_PER_SECOND);
        prefill.observe(times.prefillNanos() / NANOS_PER_SECOND);
        decode.observe(times.decodeNanos() / NANOS_PER_SECOND);
        inference.observe(times.inferenceNanos() / NANOS_PER_SECOND);
        if (times.outputTokens() > 1) {
            int gaps = times.outputTokens() - 1;
            double perToken = times.decodeNanos() / NANOS_PER_SECOND / gaps;
            perOutputToken.observe(perToken);
            interToken.observe(perToken, gaps);
        }
    }

    @Override
    public void aborted() {
        successes.add("abort");
    }
}
