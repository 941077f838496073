package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.calibration.MeasuredLog;
import io.sluice.sim.calibration.MeasuredRequest;
import io.sluice.sim.engine.EngineRequest;
import io.sluice.sim.engine.PromptBlocks;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What an engine is given to do where nobody measured it: only arrivals and lengths count. */
final class TypicalWork {
    private static final int HASH_BLOCK_TOKENS = 16;
    private static final int ROUNDS_OF_SLOTS = 4;
    private static final int PROMPT_TOKENS = 1_024;
    private static final int OUTPUT_TOKENS = 256;

    private TypicalWork() {}

    /**
     * The requests of a workload file at their times; without one, requests of 1,024 prompt and 256
     * output tokens on average that fill the engine some times over.
     */
    static MeasuredLog of(Optional<Path> workload, int slots, Warnings warnings) {
        return new MeasuredLog(
                workload.map(file -> read(file, warnings)).orElseGet(() -> madeUp(slots)));
    }

    private static List<MeasuredRequest> read(Path file, Warnings warnings) {
        List<MeasuredRequest> requests = new ArrayList<>();
        for (JsonLines.Line line : JsonLines.read(file)) {
            JsonNode row = line.value();
            if (row == null
                    || row.path("input_toks").asInt() < 1
                    || row.path("output_toks").asInt() < 1
                    || !row.path("arrival_time_ns").isNumber()) {
                warnings.add(
                        "lines of the workload without input_toks, output_toks and arrival_time_ns, left out",
                        "line " + line.number());
                continue;
            }
            EngineRequest request =
                    EngineRequest.of(
                            "line " + line.number(),
                            row.get("input_toks").asInt(),
                            row.get("output_toks").asInt());
            JsonNode ids = row.path("hash_ids");
            long[] blocks =
                    IntStream.range(0, ids.size()).mapToLong(i -> ids.get(i).asLong()).toArray();
            requests.add(
                    at(
                            request.withPromptBlocks(PromptBlocks.of(HASH_BLOCK_TOKENS, blocks)),
                            row.get("arrival_time_ns").asLong()));
        }
        if (requests.isEmpty()) {
            throw new CommandException(
                    "%s has no request with input_toks, output_toks and arrival_time_ns"
                            .formatted(file));
        }
        return requests;
    }

    /** Lengths spread evenly from a quarter to seven quarters of their mean. */
    private static List<MeasuredRequest> madeUp(int slots) {
        List<MeasuredRequest> requests = new ArrayList<>();
        int count = slots * ROUNDS_OF_SLOTS;
        for (int i = 0; i < count; i++) {
            // Steps of the golden section: neither prompts nor outputs come in any order.
            double one = 0.25 + 1.5 * (i * 0.618_033_988_75 % 1);
            double other = 0.25 + 1.5 * (i * 0.381_966_011_25 * 7 % 1);
            EngineRequest request =
                    EngineRequest.of(
                            "r" + i,
                            (int) Math.round(PROMPT_TOKENS * one),
                            (int) Math.round(OUTPUT_TOKENS * other));
            requests.add(at(request, i * 50_000_000L));
        }
        return requests;
    }

    private static MeasuredRequest at(EngineRequest request, long nanos) {
        return new MeasuredRequest(
                request, nanos, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
}
