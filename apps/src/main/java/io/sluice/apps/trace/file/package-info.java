/**
 * Trace files: finding out what a file is, streaming its rows through DuckDB, and the rules by
 * which a row becomes a request.
 *
 * <p>One row takes this way: {@code TraceProbe} and {@code TraceLayout} say what the file is;
 * {@code TraceQuery} turns that into one SQL statement with the same columns for every format;
 * {@code RowReader} applies the rules and either yields a request or a reason why not, which {@link
 * io.sluice.apps.trace.TraceTally} counts.
 */
@NullMarked
package io.sluice.apps.trace.file;

import org.jspecify.annotations.NullMarked;
