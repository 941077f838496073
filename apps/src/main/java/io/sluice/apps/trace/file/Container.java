package io.sluice.apps.trace.file;

/** How the rows of a trace file are packed. */
enum Container {
    CSV,
    JSON_LINES,
    JSON_ARRAY,
    PARQUET;

    /** Whether a row is a line of text, so that a broken one does not hide the next. */
    boolean isLineOriented() {
        return this == CSV || this == JSON_LINES;
    }
}
