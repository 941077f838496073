package io.sluice.sim.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The measured vLLM run of 300 requests: what was sent, and what came back when. */
final class MeasuredRun {
    /** Slots of the engine; as many requests found one free. */
    static final int SLOTS = 128;

    /** Three terms fitted to the whole run. */
    static final StepCost SET_A =
            LinearStepCost.ofStep(12.6e-3).withPrefillToken(40e-6).withContextToken(114e-9);

    private static final String WORKLOAD = "measured/sharegpt-llama-3.1-8b-300-sps10.jsonl.gz";
    private static final String LOG = "measured/vllm_RTXPRO6000_Llama-3.1-8B/requests.jsonl";
    private static final int HASH_BLOCK_TOKENS = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private MeasuredRun() {}

    /** A request and the nanosecond of its arrival, counted from the first. */
    record Arrival(EngineRequest request, long atNanos) {}

    static List<Arrival> arrivals() {
        List<Arrival> arrivals = new ArrayList<>();
        long first = Long.MIN_VALUE;
        for (String line : SharedData.lines(WORKLOAD)) {
            JsonNode row = parse(line);
            long at = row.get("arrival_time_ns").asLong();
            first = first == Long.MIN_VALUE ? at : first;
            EngineRequest request =
                    EngineRequest.of(
                                    "r" + arrivals.size(),
                                    row.get("input_toks").asInt(),
                                    row.get("output_toks").asInt())
                            .withPromptBlocks(
                                    PromptBlocks.of(HASH_BLOCK_TOKENS, longs(row.get("hash_ids"))));
            arrivals.add(new Arrival(request, at - first));
        }
        return arrivals;
    }

    /**
     * Latencies of the real run. Arrivals are on another clock than the engine's: the largest
     * difference between the two is taken as the clocks' offset, since nothing can be queued before
     * it arrives.
     */
    static RequestLatencies measured() {
        List<JsonNode> rows = SharedData.lines(LOG).stream().map(MeasuredRun::parse).toList();
        double offset =
                rows.stream()
                        .mapToDouble(
                                row -> seconds(row, "arrival_time") - seconds(row, "queued_ts"))
                        .max()
                        .orElseThrow();
        double start = seconds(rows.get(0), "arrival_time") - offset;
        RequestLatencies latencies = new RequestLatencies(rows.size());
        for (JsonNode row : rows) {
            latencies.add(
                    seconds(row, "arrival_time") - offset - start,
                    seconds(row, "first_token_ts") - start,
                    seconds(row, "last_token_ts") - start,
                    row.get("output_toks").asInt());
        }
        return latencies;
    }

    /** Sends the workload through an engine, at its own times. */
    static EngineRun replay(EngineProfile profile, List<Arrival> arrivals) {
        EngineRun run = new EngineRun(profile);
        for (Arrival arrival : arrivals) {
            run.submit(arrival.request(), arrival.atNanos());
        }
        return run.drain();
    }

    /**
     * The same engine, but prompts are computed whole in steps of their own, up to 8,192 tokens of
     * them in each.
     */
    static EngineProfile wholePrompts(EngineProfile profile) {
        EngineLimits limits = profile.limits();
        return profile.withLimits(
                        new EngineLimits(
                                limits.maxSequences(),
                                8_192,
                                limits.blockTokens(),
                                limits.kvBlocks(),
                                8_192))
                .withRules(new BatchingRules(PrefillMode.WHOLE, true, 1));
    }

    /** Latencies of a simulated run. */
    static RequestLatencies simulated(EngineRun run, List<Arrival> arrivals) {
        RequestLatencies latencies = new RequestLatencies(arrivals.size());
        for (Arrival arrival : arrivals) {
            String id = arrival.request().id();
            latencies.add(
                    arrival.atNanos() / 1e9,
                    run.time(EngineEvent.FirstToken.class, id) / 1e9,
                    run.time(EngineEvent.Finished.class, id) / 1e9,
                    arrival.request().outputTokens());
        }
        return latencies;
    }

    private static double seconds(JsonNode row, String field) {
        return row.get(field).asDouble();
    }

    private static long[] longs(JsonNode array) {
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asLong();
        }
        return values;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
