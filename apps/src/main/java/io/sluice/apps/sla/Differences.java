package io.sluice.apps.sla;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The largest difference of each statistic of each measure, by length of window. */
final class Differences {

    /**
     * A row of the table.
     *
     * @param lengthMillis length of the windows
     * @param measure name of the measure
     */
    record Row(long lengthMillis, String measure) {}

    private record Cell(Row row, Statistic statistic) {}

    private final Map<Cell, Double> largest = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    /** Notes a difference. */
    void note(Row row, Statistic statistic, double difference) {
        if (!rows.contains(row)) {
            rows.add(row);
        }
        largest.merge(new Cell(row, statistic), difference, Math::max);
    }

    /** All rows, in the order in which they were first noted. */
    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** The largest difference; empty if nothing was compared. */
    OptionalDouble largest(Row row, Statistic statistic) {
        Double value = largest.get(new Cell(row, statistic));
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
