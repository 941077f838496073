package io.sluice.apps.trace.file;

import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceNote;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.file.Fixtures.Read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * The real traces, read whole, against the statistics that their documentation gives. Skips where
 * they are absent.
 */
class SharedTracesTest {

    private static final TraceOptions EVERY_ROW =
            TraceOptions.defaults().withZeroLengths(ZeroLengths.RAISE_TO_ONE);

    @ParameterizedTest
    @CsvFileSource(resources = "/shared-traces.csv")
    void hasTheDocumentedRowsAndLengths(String file, long rows, String prompts, String outputs) {
        Read trace = Fixtures.read(SharedTraces.file(file), EVERY_ROW);
        assertThat(trace.stats().rowsRead()).isEqualTo(rows);
        assertThat(trace.stats().accepted()).isEqualTo(rows);
        assertLengths(
                trace.requests().stream().map(r -> r.tokens().promptTokens()).toList(), prompts);
        assertLengths(
                trace.requests().stream().map(r -> r.tokens().outputTokens()).toList(), outputs);
    }

    @ParameterizedTest
    @CsvSource({
        "traces/azure2023/AzureLLMInferenceTrace_conv.csv.gz, 2334, 1.08",
        "traces/azure2023/AzureLLMInferenceTrace_code.csv.gz, 2290.6, 12.70",
        "traces/mooncake/conversation_trace.jsonl.gz, 2358, 2.96",
        "traces/mooncake/synthetic_trace.jsonl.gz, 681, 1.01",
        "traces/mooncake/mooncake_trace_1000.jsonl.gz, 177.1, 4.03",
        "traces/lmsys_arena/arena_real_trace.csv.gz, 399.9, 1.13"
    })
    void hasTheDocumentedArrivals(String file, double spanSeconds, double cv) {
        List<TraceRequest> requests =
                Fixtures.read(SharedTraces.file(file), TraceOptions.defaults()).requests();
        double[] gaps = new double[requests.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (requests.get(i + 1).arrivalNanos() - requests.get(i).arrivalNanos()) / 1e9;
        }
        double mean = Arrays.stream(gaps).average().orElseThrow();
        double variance =
                Arrays.stream(gaps).map(g -> (g - mean) * (g - mean)).average().orElseThrow();
        assertThat(mean * gaps.length).isCloseTo(spanSeconds, within(0.06));
        assertThat(Math.sqrt(variance) / mean).isCloseTo(cv, within(0.006));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conv", "code"})
    void splitwiseIsAzureRowForRow(String part) {
        Read azure =
                Fixtures.read(
                        SharedTraces.file(
                                "traces/azure2023/AzureLLMInferenceTrace_" + part + ".csv.gz"),
                        TraceOptions.defaults());
        Read splitwise =
                Fixtures.read(
                        SharedTraces.file("traces/azure2023/splitwise_" + part + ".csv.gz"),
                        TraceOptions.defaults());
        assertThat(splitwise.lengths()).isEqualTo(azure.lengths());
        for (int i = 0; i < azure.requests().size(); i++) {
            // The copy holds seconds as doubles.
            assertThat(splitwise.request(i).arrivalNanos())
                    .isCloseTo(azure.request(i).arrivalNanos(), within(1_000L));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "traces/mooncake/conversation_trace.jsonl.gz, 190600, 0.350",
        "traces/mooncake/synthetic_trace.jsonl.gz, 68592, 0.428"
    })
    void mooncakeBlocksRepeatAsDocumented(String file, long blocks, double seenBefore) {
        Read trace = Fixtures.read(SharedTraces.file(file), TraceOptions.defaults());
        Set<Long> seen = new HashSet<>();
        long repeated = 0;
        long all = 0;
        for (TraceRequest request : trace.requests()) {
            for (Long id : request.prefix().hashIds()) {
                all++;
                repeated += seen.add(id) ? 0 : 1;
            }
        }
        assertThat(trace.stats().count(TraceNote.PREFIX_DROPPED)).isZero();
        assertThat(all).isEqualTo(blocks);
        assertThat((double) repeated / all).isCloseTo(seenBefore, within(0.0005));
    }

    @Test
    void mooncakeConversationComesInTicks() {
        Read trace =
                Fixtures.read(
                        SharedTraces.file("traces/mooncake/conversation_trace.jsonl.gz"),
                        TraceOptions.defaults());
        // 28 in the whole source, 23 in the part that is here.
        Map<Long, Long> sizes =
                trace.requests().stream()
                        .collect(
                                Collectors.groupingBy(
                                        TraceRequest::arrivalNanos, Collectors.counting()));
        assertThat(sizes.values().stream().mapToLong(Long::longValue).max()).hasValue(23);
    }

    @Test
    void arenaTenantsAreSkewed() {
        Read trace =
                Fixtures.read(
                        SharedTraces.file("traces/lmsys_arena/arena_real_trace.csv.gz"),
                        TraceOptions.defaults());
        Map<String, Long> tenants =
                trace.requests().stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> String.valueOf(r.caller().tenant()),
                                        Collectors.counting()));
        // The source has 27; the part that is here ends before five of them appear.
        assertThat(tenants).hasSize(22);
        long topThree =
                tenants.values().stream()
                        .sorted((a, b) -> Long.compare(b, a))
                        .limit(3)
                        .mapToLong(Long::longValue)
                        .sum();
        assertThat(topThree / 955.0).isCloseTo(0.5, within(0.05));
    }

    @Test
    void zeroTokenRowsAreRejectedAndCounted() {
        Read val =
                Fixtures.read(
                        SharedTraces.file("lengths/sharegpt-val-10k-predicted-len.csv.gz"),
                        TraceOptions.defaults());
        assertThat(val.stats().rejected()).isEqualTo(Map.of(RejectReason.ZERO_PROMPT, 10L));
        Read words =
                Fixtures.read(
                        SharedTraces.file("lengths/lmsys_chat_1m_word_counts_100k.csv.gz"),
                        TraceOptions.defaults());
        assertThat(words.stats().rowsRead()).isEqualTo(66_601);
        assertThat(words.stats().rejected())
                .isEqualTo(Map.of(RejectReason.ZERO_PROMPT, 3L, RejectReason.ZERO_OUTPUT, 104L));
    }

    @ParameterizedTest
    @CsvSource({
        "oasst-sft-4-pythia-12b, 187",
        "oasst-rlhf-3-llama-30b, 166",
        // These two never record that an answer ended.
        "llama2-70b-oasst-sft-v10, 785",
        "gpt-3.5-turbo, 157"
    })
    void answersWithoutAnEndAreCounted(String model, long cutOff) {
        Read trace =
                Fixtures.read(
                        SharedTraces.file("text/oasst_eval/" + model + ".jsonl.gz"),
                        TraceOptions.defaults());
        assertThat(trace.stats().count(TraceNote.OUTPUT_MAYBE_CUT)).isEqualTo(cutOff);
    }

    @Test
    void wordCountsBecomeOneAndAHalfTimesAsManyTokens() {
        Read trace =
                Fixtures.read(
                        SharedTraces.file("lengths/lmsys_chat_1m_word_counts_100k.csv.gz"),
                        EVERY_ROW);
        Lengths prompts =
                Lengths.of(trace.requests().stream().map(r -> r.tokens().promptTokens()).toList());
        // Halves round up, which adds a quarter token on average.
        assertThat(prompts.mean()).isCloseTo(59.2 * 1.5 + 0.25, within(0.15));
        assertThat(prompts.p50()).isEqualTo(32);
        assertThat(prompts.max()).isEqualTo(749);
    }

    @Test
    void recordedPredictionsComeAlong() {
        Read trace =
                Fixtures.read(
                        SharedTraces.file("lengths/sharegpt-val-10k-predicted-len.csv.gz"),
                        EVERY_ROW);
        double error =
                trace.requests().stream()
                        .mapToInt(
                                r ->
                                        Math.abs(
                                                r.tokens().outputTokens()
                                                        - r.tokens().predictedOutputTokens()))
                        .average()
                        .orElseThrow();
        assertThat(error).isCloseTo(28, within(1.0));
    }

    @Test
    void everyConversationOfShareGptIsARequestWithoutAnswer() {
        Read trace =
                Fixtures.read(
                        SharedTraces.file("text/sharegpt/ShareGPT_V3_filtered_500.json.gz"),
                        TraceOptions.defaults());
        assertThat(trace.stats().accepted()).isEqualTo(332);
        assertThat(trace.stats().count(TraceNote.OUTPUT_DRAWN)).isEqualTo(332);
        Lengths prompts =
                Lengths.of(trace.requests().stream().map(r -> r.tokens().promptTokens()).toList());
        // Estimated; the tokenizer says 89.7 and 28.
        assertThat(prompts.mean()).isCloseTo(89.7, within(9.0));
        assertThat(prompts.p50()).isCloseTo(28, within(3.0));
    }

    @Test
    void multiroundInputsStartWithTheRoundBefore() {
        Read trace =
                Fixtures.read(
                        SharedTraces.file("text/sharegpt/multiround.jsonl.gz"),
                        TraceOptions.defaults());
        Map<String, TraceRequest> last = new LinkedHashMap<>();
        for (TraceRequest request : trace.requests()) {
            TraceRequest before = last.put(String.valueOf(request.caller().sessionId()), request);
            if (before != null) {
                assertThat(request.waitFor()).containsExactly(before.sequence());
                assertThat(request.messages().get(0).content())
                        .startsWith(before.messages().get(0).content());
            }
        }
        assertThat(last).hasSize(34);
    }

    @ParameterizedTest
    @CsvSource({
        "text/sharegpt/timed_prompts_8min_up_and_down.jsonl.gz, TIMED_PROMPTS, 1641",
        "text/sharegpt/sharegpt_original_example.json, SHAREGPT, 5",
        "text/sharegpt/glaive_toolcall_en_demo.json.gz, SHAREGPT, 187",
        "text/sharegpt/dummy_conversation.json.gz, SHAREGPT, 500",
        "measured/vllm_RTXPRO6000_Llama-3.1-8B/requests.jsonl, WORKLOAD, 300"
    })
    void isReadWhole(String file, TraceFormat format, long requests) {
        Read trace = Fixtures.read(SharedTraces.file(file), TraceOptions.defaults());
        assertThat(trace.format()).isEqualTo(format);
        assertThat(trace.stats().accepted()).isEqualTo(requests);
        assertThat(trace.stats().rejected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lengths/lmsys_vicuna13b_predictions_warmup_cls.csv.gz",
                "lengths/lmsys_vicuna13b_predictions_warmup_multi_cls.csv.gz",
                "traces/burstgpt/BurstGPT_1_hourly.csv",
                "traces/servegen/m-small_arrivals.csv.gz",
                "traces/servegen/m-small_lengths.jsonl.gz",
                "profiles/splitwise_perf_model.csv.gz",
                "measured/vllm_RTXPRO6000_Llama-3.1-8B/timeseries.csv"
            })
    void filesWithoutRequestsAreRefused(String file) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> FileTrace.open(SharedTraces.file(file), TraceOptions.defaults()))
                .withMessageStartingWith("cannot tell what trace")
                .withMessageContaining("name its format: auto, azure, splitwise");
    }

    private static void assertLengths(List<Integer> lengths, String documented) {
        double[] expected =
                Arrays.stream(documented.split(";")).mapToDouble(Double::parseDouble).toArray();
        Lengths actual = Lengths.of(lengths);
        // The documentation rounds to one decimal.
        assertThat(actual.mean()).as("mean").isCloseTo(expected[0], within(0.0501));
        assertThat(actual.p50()).as("p50").isCloseTo(expected[1], within(0.0501));
        assertThat(actual.p99()).as("p99").isCloseTo(expected[2], within(0.0501));
        assertThat(actual.max()).as("max").isEqualTo((long) expected[3]);
    }
}
