package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A table of comma-separated values with a header and no quotes, plain or gzip. */
final class CsvTable {
    private final Path file;
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    private CsvTable(Path file, List<String> lines) {
        this.file = file;
        this.header = lines.isEmpty() ? List.of() : cells(lines.get(0));
        lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(CsvTable::cells)
                .forEach(rows::add);
    }

    /**
     * Reads a file.
     *
     * @throws CommandException if it cannot be read
     */
    static CsvTable read(Path file) {
        return new CsvTable(file, JsonLines.lines(file));
    }

    boolean has(String... columns) {
        return header.containsAll(List.of(columns));
    }

    int rows() {
        return rows.size();
    }

    /** Whether a row has all cells, and those of the columns are numbers. */
    boolean isNumeric(int row, String... columns) {
        return Arrays.stream(columns)
                .allMatch(
                        column -> {
                            try {
                                return Double.isFinite(Double.parseDouble(cell(row, column)));
                            } catch (NumberFormatException e) {
                                return false;
                            }
                        });
    }

    /** A cell; empty if the row is too short. */
    String text(int row, String column) {
        return cell(row, column);
    }

    /**
     * A number.
     *
     * @throws CommandException if it is none; the message names file, line and column
     */
    double number(int row, String column) {
        try {
            return Double.parseDouble(cell(row, column));
        } catch (NumberFormatException e) {
            throw new CommandException(
                    "%s line %d: %s is \"%s\", must be a number"
                            .formatted(file, row + 2, column, cell(row, column)),
                    e);
        }
    }

    /** A whole number. */
    int whole(int row, String column) {
        return (int) Math.round(number(row, column));
    }

    /** The numbers of the rows. */
    IntStream rowNumbers() {
        return IntStream.range(0, rows.size());
    }

    private String cell(int row, String column) {
        int index = header.indexOf(column);
        if (index < 0) {
            throw new CommandException("%s has no column %s".formatted(file, column));
        }
        List<String> cells = rows.get(row);
        return index < cells.size() ? cells.get(index) : "";
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }
}
