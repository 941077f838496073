package io.sluice.apps.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells under a header, for a terminal or for a page. The first columns are words. */
public final class TextTable {

    private final int wordColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param wordColumns how many columns, from the first, are words and start at the left; the
     *     others are numbers and end at the right
     * @param header names of all columns
     */
    public TextTable(int wordColumns, List<String> header) {
        this.wordColumns = wordColumns;
        rows.add(List.copyOf(header));
    }

    /** Adds a row, which has as many cells as the header. */
    public void add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "a row of %d cells under a header of %d"
                            .formatted(cells.size(), rows.get(0).size()));
        }
        rows.add(List.copyOf(cells));
    }

    /** With columns aligned by spaces. */
    public String aligned() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ")
                        .append(i < wordColumns ? row.get(i) + gap : gap + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    /** In Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            text.append("| ").append(String.join(" | ", rows.get(row))).append(" |\n");
            if (row == 0) {
                text.append('|');
                for (int i = 0; i < rows.get(0).size(); i++) {
                    text.append(i < wordColumns ? "---|" : "---:|");
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }
}
