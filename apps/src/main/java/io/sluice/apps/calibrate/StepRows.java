package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.calibration.StepSample;
import io.sluice.sim.engine.StepLoad;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Tables of whole steps. Rows outside of what the engine would do in one step, more prompt tokens
 * than its budget or more requests than it runs, are left out and counted.
 */
final class StepRows {
    private static final String[] PHASES = {
        "prompt_size", "batch_size", "token_size", "prompt_time", "token_time"
    };
    private static final String[] STEPS = {"prefill_tokens", "decodes", "context_tokens", "ms"};
    private static final double MILLIS = 1e-3;

    private final CsvTable table;
    private final int slots;
    private final int budget;
    private final Warnings warnings;
    private final List<StepSample> samples = new ArrayList<>();

    private StepRows(CsvTable table, int slots, int budget, Warnings warnings) {
        this.table = table;
        this.slots = slots;
        this.budget = budget;
        this.warnings = warnings;
    }

    /** Whether a table is of this kind. */
    static boolean fits(CsvTable table) {
        return table.has(PHASES) || table.has(STEPS);
    }

    /**
     * The steps of a table.
     *
     * @param choice which rows are of the engine
     * @throws CommandException if no row is left, or the rows are of several engines
     */
    static List<StepSample> of(CsvTable table, TableChoice choice, Warnings warnings) {
        StepRows rows = new StepRows(table, choice.slots(), choice.budget(), warnings);
        int[] chosen = choice.rows(table);
        for (int row : chosen) {
            if (table.has(PHASES)) {
                rows.addPhases(row);
            } else {
                rows.addStep(row);
            }
        }
        if (rows.samples.isEmpty()) {
            throw new CommandException(
                    "no step is left: all %,d rows lie outside of %,d tokens and %,d requests per step"
                            .formatted(chosen.length, choice.budget(), choice.slots()));
        }
        return rows.samples;
    }

    private void addPhases(int row) {
        int prompt = table.whole(row, "prompt_size");
        int batch = table.whole(row, "batch_size");
        int tokens = table.whole(row, "token_size");
        if ((long) prompt * batch <= budget) {
            StepLoad load = new StepLoad(prompt * batch, prompt, 0, 0, 0);
            add(row, load, table.number(row, "prompt_time"));
        } else {
            leaveOut(row);
        }
        if (batch <= slots) {
            int context = prompt + Math.max(1, tokens / 2);
            StepLoad load = new StepLoad(0, 0, batch, (long) batch * context, context);
            add(row, load, table.number(row, "token_time"));
        }
    }

    private void addStep(int row) {
        int prefill = table.whole(row, "prefill_tokens");
        int decodes = table.whole(row, "decodes");
        long context = Math.round(table.number(row, "context_tokens"));
        if ((long) prefill + decodes > budget || decodes > slots) {
            leaveOut(row);
            return;
        }
        int longest = decodes == 0 ? 0 : (int) (context / decodes);
        add(
                row,
                new StepLoad(prefill, prefill, decodes, context, longest),
                table.number(row, "ms"));
    }

    private void add(int row, StepLoad load, double millis) {
        if (millis > 0 && Double.isFinite(millis)) {
            samples.add(new StepSample(load, millis * MILLIS, 1));
        } else {
            warnings.add("rows without a time above 0, left out", "line " + (row + 2));
        }
    }

    private void leaveOut(int row) {
        warnings.add(
                "rows of more tokens or requests than a step of this engine holds, left out (--max-num-batched-tokens, --max-num-seqs)",
                "line " + (row + 2));
    }

    /** Different values of a column in some rows, in order. */
    static SortedSet<String> values(CsvTable table, int[] rows, String column) {
        TreeSet<String> values = new TreeSet<>();
        IntStream.of(rows).forEach(row -> values.add(table.text(row, column)));
        return values;
    }
}
