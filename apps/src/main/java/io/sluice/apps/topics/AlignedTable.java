package io.sluice.apps.topics;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in Markdown, with its columns aligned for a terminal. */
final class AlignedTable {

    private AlignedTable() {}

    /** The same table without its frame and the marks of code. */
    static String of(String markdown) {
        List<List<String>> rows =
                markdown.lines()
                        .filter(line -> !line.startsWith("| ---"))
                        .map(AlignedTable::cells)
                        .toList();
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths =
                IntStream.range(0, columns)
                        .map(
                                i ->
                                        rows.stream()
                                                .mapToInt(row -> row.get(i).length())
                                                .max()
                                                .orElse(0))
                        .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.length() - 1).replace("`", "");
        return List.of(inner.split("\\|")).stream().map(String::trim).toList();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
        }
        return line.toString().stripTrailing() + System.lineSeparator();
    }
}
