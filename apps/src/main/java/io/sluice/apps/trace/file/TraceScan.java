package io.sluice.apps.trace.file;

import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.TraceProblem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * One pass over a trace file: its rows, blank lines left out, each with its true position. Lines
 * that the database does not deliver are reported in their place, so that none is lost.
 */
final class TraceScan implements AutoCloseable {

    private final ResultSet rows;
    private final @Nullable LineCursor cursor;
    private final Consumer<TraceProblem> dropped;
    private long scanned;
    private long position;

    private TraceScan(ResultSet rows, @Nullable LineCursor cursor, Consumer<TraceProblem> dropped) {
        this.rows = rows;
        this.cursor = cursor;
        this.dropped = dropped;
    }

    /** Starts a pass; {@code dropped} hears of each line that cannot even be decoded. */
    static TraceScan open(
            TraceLayout layout, TraceDatabase database, Consumer<TraceProblem> dropped)
            throws SQLException, IOException {
        ResultSet rows = database.stream(TraceQuery.scan(layout));
        if (!layout.probe().container().isLineOriented()) {
            return new TraceScan(rows, null, dropped);
        }
        LineCursor cursor = new LineCursor(layout.probe().open(layout.file()), dropped);
        if (layout.probe().container() == Container.CSV && !cursor.next()) {
            cursor.close();
            throw new IOException("its header has gone: the file was changed while it was opened");
        }
        return new TraceScan(rows, cursor, dropped);
    }

    /** Moves to the next row that is not blank; false at the end of the file. */
    boolean next() throws SQLException, IOException {
        while (rows.next()) {
            if (!rows.getBoolean(TraceQuery.BLANK)) {
                locate(rows.getLong(TraceQuery.POSITION));
                return true;
            }
        }
        drain();
        return false;
    }

    /** The current row. */
    TraceRow row() {
        return new TraceRow(rows, position);
    }

    /** Line, element or row number of the current row, from 1; 0 before the first. */
    long position() {
        return position;
    }

    /** One line can hold several requests; the cursor moves once for all of them. */
    private void locate(long row) throws IOException {
        if (cursor == null) {
            position = row;
        } else if (row != scanned) {
            scanned = row;
            position = cursor.next() ? cursor.number() : row;
        }
    }

    private void drain() throws IOException {
        while (cursor != null && cursor.next()) {
            dropped.accept(
                    new TraceProblem(
                            cursor.number(), RejectReason.MALFORMED, "not recognised as a line"));
        }
    }

    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
        }
    }
}
