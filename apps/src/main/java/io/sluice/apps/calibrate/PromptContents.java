package io.sluice.apps.calibrate;

import io.sluice.sim.engine.PromptBlocks;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What is known of the content of prompts: ids of their blocks, from the rows of the log themselves
 * or from the workload that was sent. How many tokens a block has is found by comparing numbers of
 * ids with lengths.
 */
final class PromptContents {
    private static final int[] BLOCK_TOKENS = {16, 32, 64, 128, 256, 512, 1_024};
    private static final double NEARLY_ALL = 0.95;
    private static final Pattern TRAILING_NUMBER = Pattern.compile("(\\d+)$");

    private final List<JsonLines.Line> workload;
    private final IntUnaryOperator lineOfRow;
    private final Warnings warnings;
    private OptionalInt blockTokens = OptionalInt.empty();

    private PromptContents(
            List<JsonLines.Line> workload, IntUnaryOperator lineOfRow, Warnings warnings) {
        this.workload = workload;
        this.lineOfRow = lineOfRow;
        this.warnings = warnings;
    }

    /** The contents of a log's prompts. */
    static PromptContents of(Optional<Path> workload, List<LogRow> rows, Warnings warnings) {
        List<JsonLines.Line> lines = workload.map(JsonLines::read).orElse(List.of());
        PromptContents contents =
                new PromptContents(lines, i -> lineOf(rows.get(i), i, lines.size()), warnings);
        contents.findBlockTokens(rows);
        if (workload.isEmpty() && rows.stream().noneMatch(row -> row.hashIds() != null)) {
            warnings.add(
                    "nothing is known of the content of prompts (--workload, with hash_ids): no request finds a prefix of another");
        }
        return contents;
    }

    /** The blocks of the request in a place of the log. */
    PromptBlocks of(LogRow row, int index) {
        JsonNode ids = ids(row, index);
        if (ids == null) {
            return PromptBlocks.unknown();
        }
        if (blockTokens.isEmpty() || blocks(row.promptTokens()) != ids.size()) {
            warnings.add(
                    "prompts with hash_ids that do not fit their length, content not used",
                    row.id());
            return PromptBlocks.unknown();
        }
        return PromptBlocks.of(
                blockTokens.getAsInt(),
                IntStream.range(0, ids.size()).mapToLong(i -> ids.get(i).asLong()).toArray());
    }

    private int blocks(int promptTokens) {
        int size = blockTokens.orElse(1);
        return (promptTokens + size - 1) / size;
    }

    private @Nullable JsonNode ids(LogRow row, int index) {
        if (row.hashIds() != null) {
            return row.hashIds().isArray() ? row.hashIds() : null;
        }
        int line = lineOfRow.applyAsInt(index);
        if (workload.isEmpty()) {
            return null;
        }
        JsonNode sent = line < workload.size() ? workload.get(line).value() : null;
        if (sent == null || sent.path("input_toks").asInt() != row.promptTokens()) {
            warnings.add(
                    "requests without a line of the same length in the workload, content not used",
                    row.id());
            return null;
        }
        return sent.path("hash_ids").isArray() ? sent.get("hash_ids") : null;
    }

    /** The block size that explains nearly all numbers of ids. */
    private void findBlockTokens(List<LogRow> rows) {
        for (int candidate : BLOCK_TOKENS) {
            blockTokens = OptionalInt.of(candidate);
            int known = 0;
            int fitting = 0;
            for (int i = 0; i < rows.size(); i++) {
                JsonNode ids = idsQuietly(rows.get(i), i);
                if (ids != null) {
                    known++;
                    fitting += ids.size() == blocks(rows.get(i).promptTokens()) ? 1 : 0;
                }
            }
            if (known > 0 && fitting >= NEARLY_ALL * known) {
                return;
            }
        }
        blockTokens = OptionalInt.empty();
    }

    private @Nullable JsonNode idsQuietly(LogRow row, int index) {
        return new PromptContents(workload, lineOfRow, new Warnings()).ids(row, index);
    }

    /** Requests called bench-7 are line 7 of the workload, from 0; others are in its order. */
    private static int lineOf(LogRow row, int index, int lines) {
        Matcher number = TRAILING_NUMBER.matcher(row.id());
        if (number.find() && number.group(1).length() < 10) {
            int line = Integer.parseInt(number.group(1));
            if (line < lines) {
                return line;
            }
        }
        return index;
    }
}
