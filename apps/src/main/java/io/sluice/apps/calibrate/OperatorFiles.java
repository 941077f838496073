package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.calibration.OperatorTables;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tables of operators: three files that differ in one word of their names, with times in
 * microseconds.
 */
final class OperatorFiles {
    private static final String DENSE = "_dense";

    private OperatorFiles() {}

    /** Whether a file is the first of the three. */
    static boolean fits(Path file) {
        return String.valueOf(file.getFileName()).contains(DENSE);
    }

    /**
     * Reads the three files.
     *
     * @throws CommandException if one is missing or lacks a column
     */
    static OperatorTables read(Path dense, int layers) {
        OperatorTables tables = new OperatorTables(layers);
        CsvTable byTokens = CsvTable.read(dense);
        for (int row = 0; row < byTokens.rows(); row++) {
            tables.addDense(
                    byTokens.text(row, "layer"),
                    byTokens.whole(row, "tokens"),
                    byTokens.number(row, "time_us"));
        }
        CsvTable bySequences = CsvTable.read(sibling(dense, "_per_sequence"));
        for (int row = 0; row < bySequences.rows(); row++) {
            tables.addPerSequence(
                    bySequences.text(row, "layer"),
                    bySequences.whole(row, "sequences"),
                    bySequences.number(row, "time_us"));
        }
        CsvTable attention = CsvTable.read(sibling(dense, "_attention"));
        for (int row = 0; row < attention.rows(); row++) {
            if (attention.whole(row, "kv_prefill") == 0) {
                tables.addAttention(
                        attention.whole(row, "prefill_chunk"),
                        attention.whole(row, "n_decode"),
                        attention.whole(row, "kv_decode"),
                        attention.number(row, "time_us"));
            }
        }
        tables.requireComplete();
        return tables;
    }

    private static Path sibling(Path dense, String word) {
        String name = String.valueOf(dense.getFileName()).replace(DENSE, word);
        Path file = dense.resolveSibling(name);
        if (!Files.isReadable(file)) {
            throw new CommandException(
                    "%s is a table of operators, but beside it there is no %s"
                            .formatted(dense, name));
        }
        return file;
    }
}
