package io.sluice.apps.worker;

import io.sluice.core.model.RunMeasures;
import io.sluice.sim.engine.EngineProfiles;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EngineMetricsTest {

    private static final String LABELS = "{engine=\"0\",model_name=\"m\"} ";

    private final EngineMetrics metrics =
            new EngineMetrics(EngineProfiles.named(EngineProfiles.A100_7B), "m");

    @Test
    void hasWhatScrapersOfVllmLookForUnderItsNames() {
        String type = "# TYPE ";
        assertThat(metrics.page().text().lines())
                .filteredOn(line -> line.startsWith(type))
                .extracting(line -> line.substring(type.length()))
                .containsExactlyInAnyOrder(
                        "vllm:time_to_first_token_seconds histogram",
                        "vllm:inter_token_latency_seconds histogram",
                        "vllm:request_time_per_output_token_seconds histogram",
                        "vllm:e2e_request_latency_seconds histogram",
                        "vllm:request_queue_time_seconds histogram",
                        "vllm:request_prefill_time_seconds histogram",
                        "vllm:request_decode_time_seconds histogram",
                        "vllm:request_inference_time_seconds histogram",
                        "vllm:num_requests_running gauge",
                        "vllm:num_requests_waiting gauge",
                        "vllm:kv_cache_usage_perc gauge",
                        "vllm:prefix_cache_queries_total counter",
                        "vllm:prefix_cache_hits_total counter",
                        "vllm:prompt_tokens_total counter",
                        "vllm:generation_tokens_total counter",
                        "vllm:num_preemptions_total counter",
                        "vllm:request_success_total counter",
                        "vllm:cache_config_info gauge");
    }

    @Test
    void eachLatencyIsWhatItsNameSays() {
        metrics.started(100, 40);
        // One second without a slot, two to the first token, three for the four tokens after it.
        metrics.finished(
                new EngineTimes(1_000_000_000L, 2_000_000_000L, 3_000_000_000L, 5),
                new RunMeasures(0, 3_000, 750, 6_000, 100, 5, 40, "length"));

        assertThat(metrics.page().text().lines())
                .contains(
                        "vllm:prompt_tokens_total" + LABELS + "100",
                        "vllm:prefix_cache_queries_total" + LABELS + "100",
                        "vllm:prefix_cache_hits_total" + LABELS + "40",
                        "vllm:request_success_total{engine=\"0\",finished_reason=\"length\",model_name=\"m\"} 1",
                        "vllm:request_queue_time_seconds_sum" + LABELS + "1.0",
                        "vllm:request_prefill_time_seconds_sum" + LABELS + "2.0",
                        "vllm:request_decode_time_seconds_sum" + LABELS + "3.0",
                        "vllm:time_to_first_token_seconds_sum" + LABELS + "3.0",
                        "vllm:request_inference_time_seconds_sum" + LABELS + "5.0",
                        "vllm:e2e_request_latency_seconds_sum" + LABELS + "6.0",
                        "vllm:request_time_per_output_token_seconds_count" + LABELS + "1",
                        "vllm:request_time_per_output_token_seconds_sum" + LABELS + "0.75",
                        "vllm:inter_token_latency_seconds_count" + LABELS + "4",
                        "vllm:inter_token_latency_seconds_sum" + LABELS + "3.0");
    }
}
