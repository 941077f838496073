package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;

/**
 * Which rows of a table are of the engine in question.
 *
 * @param model the model, or null for any
 * @param hardware the GPU, or null for any
 * @param tensorParallelism over how many GPUs, or null for any
 * @param slots requests that the engine runs at once
 * @param budget tokens of one of its steps
 */
record TableChoice(
        @Nullable String model,
        @Nullable String hardware,
        @Nullable Integer tensorParallelism,
        int slots,
        int budget) {

    /**
     * The numbers of the rows.
     *
     * @throws CommandException if there are none, or of more than one engine; the message names the
     *     choices
     */
    int[] rows(CsvTable table) {
        int[] rows = table.rowNumbers().toArray();
        for (Map.Entry<String, @Nullable String> filter : filters().entrySet()) {
            if (!table.has(filter.getKey())) {
                continue;
            }
            SortedSet<String> choices = StepRows.values(table, rows, filter.getKey());
            String wanted = filter.getValue();
            if (wanted == null && choices.size() > 1) {
                throw new CommandException(
                        "the table has several values of %s, choose one: %s"
                                .formatted(filter.getKey(), String.join(", ", choices)));
            }
            if (wanted != null && !choices.contains(wanted)) {
                throw new CommandException(
                        "the table has no %s \"%s\"; choose one of %s"
                                .formatted(filter.getKey(), wanted, String.join(", ", choices)));
            }
            if (wanted != null) {
                rows =
                        Arrays.stream(rows)
                                .filter(row -> table.text(row, filter.getKey()).equals(wanted))
                                .toArray();
            }
        }
        return rows;
    }

    private Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("model", model);
        filters.put("hardware", hardware);
        filters.put(
                "tensor_parallel",
                tensorParallelism == null ? null : String.valueOf(tensorParallelism));
        return filters;
    }
}
