package io.sluice.apps.trace.file;

import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceNote;
import io.sluice.apps.trace.TraceProblem;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.TraceStats;
import io.sluice.apps.trace.TraceTally;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Set;

/** A trace file as a stream of requests. Memory does not grow with the file. */
public final class FileTrace implements RequestSource {

    private final Path file;
    private final TraceOptions options;
    private final TraceDatabase database;
    private final TraceLayout layout;
    private final RowReader reader;
    private final TraceScan scan;
    private final TraceTally tally = new TraceTally();
    private @Nullable TraceRequest next;
    private boolean finished;

    private FileTrace(Path file, TraceOptions options, TraceDatabase database)
            throws SQLException, IOException {
        this.file = file;
        this.options = options;
        this.database = database;
        this.layout = TraceLayout.of(file, options.format(), database);
        this.reader = new RowReader(layout, options);
        this.scan = TraceScan.open(layout, database, this::reject);
    }

    /**
     * Opens a trace; nothing is read yet beyond what it takes to know its format.
     *
     * @throws TraceException when the file is missing, unreadable, empty, of an unknown format, or
     *     not of the wanted one
     */
    public static FileTrace open(Path file, TraceOptions options) {
        TraceDatabase database = new TraceDatabase();
        try {
            return new FileTrace(file, options, database);
        } catch (SQLException | IOException e) {
            database.close();
            throw new TraceException(
                    "trace " + file + " cannot be read: " + TraceDatabase.firstLine(e), e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** What the file turned out to be. */
    public TraceFormat format() {
        return layout.format();
    }

    @Override
    public boolean hasArrivals() {
        return layout.arrival() != null;
    }

    @Override
    public String description() {
        TraceFormat format = layout.format();
        String text =
                "%s (%s; %s)"
                        .formatted(file.getFileName(), format.id(), format.spec().lengthUnit());
        return tally.snapshot().count(TraceNote.OUTPUT_DRAWN) > 0
                ? text + ", missing output lengths drawn with seed " + options.seed()
                : text;
    }

    @Override
    public TraceStats stats() {
        return tally.snapshot();
    }

    @Override
    public boolean hasNext() {
        while (next == null && !finished) {
            advance();
        }
        return next != null;
    }

    @Override
    public TraceRequest next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("the trace has ended");
        }
        TraceRequest request = next;
        next = null;
        return request;
    }

    private void advance() {
        try {
            if (tally.accepted() < options.limit() && scan.next()) {
                readRow(scan.row());
            } else {
                finished = true;
                requireSomething(tally.snapshot());
            }
        } catch (SQLException | IOException e) {
            finished = true;
            throw new TraceException(
                    "trace %s breaks off after row %d: %s; %d requests were read before"
                            .formatted(
                                    file,
                                    scan.position(),
                                    TraceDatabase.firstLine(e),
                                    tally.accepted()),
                    e);
        }
    }

    private void readRow(TraceRow row) throws SQLException {
        Set<TraceNote> notes = EnumSet.noneOf(TraceNote.class);
        try {
            next = reader.read(row, tally.accepted(), notes);
            tally.accept();
            notes.forEach(tally::note);
        } catch (BadRow bad) {
            reject(new TraceProblem(row.position(), bad.reason(), bad.detail()));
        }
    }

    private void reject(TraceProblem problem) {
        tally.reject(problem);
        if (options.strict()) {
            finished = true;
            throw new TraceException("trace " + file + ", " + problem + " (strict: stopped)");
        }
    }

    private void requireSomething(TraceStats stats) {
        if (stats.rowsRead() == 0) {
            throw new TraceException("trace " + file + " is empty: it holds no requests");
        }
        if (stats.accepted() == 0) {
            throw new TraceException(
                    "none of the %d rows of trace %s (read as %s) can be used; first: %s"
                            .formatted(
                                    stats.rowsRead(),
                                    file,
                                    layout.format().id(),
                                    stats.firstProblems().get(0)));
        }
    }

    @Override
    public void close() {
        finished = true;
        try (database) {
            scan.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
