package io.sluice.apps.calibrate;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * A request as a log has it, on the clocks of the log. Times are seconds, NaN where there is none.
 *
 * @param line where it stands, from 1
 * @param id its name, made of the line if it has none
 * @param promptTokens length of the prompt
 * @param outputTokens length of the output
 * @param arrival when it was sent or came, on the clock of whoever sent it
 * @param queued when the engine saw it, on the engine's clock as all that follow
 * @param scheduled when it was first put into a batch
 * @param firstToken its first output token
 * @param lastToken its last one
 * @param failed whether the log says that it did not end well
 * @param hashIds ids of the blocks of its prompt, if the log has them
 */
record LogRow(
        int line,
        String id,
        int promptTokens,
        int outputTokens,
        double arrival,
        double queued,
        double scheduled,
        double firstToken,
        double lastToken,
        boolean failed,
        @Nullable JsonNode hashIds) {

    private static final String[] PROMPT = {"input_toks", "prompt_tokens", "input_tokens"};
    private static final String[] OUTPUT = {
        "output_toks", "output_tokens", "completion_tokens", "generated_tokens"
    };
    private static final String[] ARRIVAL = {"arrival_time", "arrival_ts"};
    private static final String[] LAST = {"last_token_ts", "finished_ts"};

    /** Reads a row; empty, and a warning, if it has no lengths. */
    static Optional<LogRow> of(JsonLines.Line line, Warnings warnings) {
        String where = "line " + line.number();
        JsonNode row = line.value();
        if (row == null) {
            warnings.add("lines are not JSON objects, left out", where);
            return Optional.empty();
        }
        int prompt = tokens(row, PROMPT);
        int output = tokens(row, OUTPUT);
        if (prompt < 1 || output < 1) {
            warnings.add("requests without input_toks or output_toks above 0, left out", where);
            return Optional.empty();
        }
        return Optional.of(
                new LogRow(
                        line.number(),
                        row.path("request_id").asText(where),
                        prompt,
                        output,
                        seconds(row, ARRIVAL),
                        seconds(row, "queued_ts"),
                        seconds(row, "scheduled_ts"),
                        seconds(row, "first_token_ts"),
                        seconds(row, LAST),
                        failed(row),
                        row.get("hash_ids")));
    }

    private static int tokens(JsonNode row, String... names) {
        for (String name : names) {
            if (row.path(name).canConvertToInt()) {
                return row.get(name).asInt();
            }
        }
        return 0;
    }

    /** A time of 0 was never set. */
    private static double seconds(JsonNode row, String... names) {
        for (String name : names) {
            JsonNode value = row.path(name);
            if (value.isNumber() && value.asDouble() > 0) {
                return value.asDouble();
            }
        }
        return Double.NaN;
    }

    private static boolean failed(JsonNode row) {
        JsonNode error = row.path("error");
        boolean hasError = error.isTextual() ? !error.asText().isBlank() : error.isObject();
        JsonNode success = row.path("success");
        return hasError || (success.isBoolean() && !success.asBoolean());
    }
}
