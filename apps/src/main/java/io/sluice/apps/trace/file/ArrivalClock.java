package io.sluice.apps.trace.file;

import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.TraceNote;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.file.FormatSpec.ArrivalColumn;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;

/**
 * Turns the times of a file into offsets from its first accepted request, never decreasing.
 *
 * <p>A time before the previous one is moved up to it and counted. A jump of more than {@link
 * #LONGEST_SILENCE} is refused: one absurd time accepted would drag every later request along.
 */
final class ArrivalClock {

    /** No known trace is silent for longer. */
    static final Duration LONGEST_SILENCE = Duration.ofDays(7);

    private final @Nullable ArrivalColumn column;
    private boolean started;
    private long origin;
    private long last;

    ArrivalClock(@Nullable ArrivalColumn column) {
        this.column = column;
    }

    /** Offset of a row; does not move the clock, as the row may yet be refused. */
    long offset(@Nullable String text, Set<TraceNote> notes) throws BadRow {
        if (column == null) {
            return TraceRequest.NO_ARRIVAL;
        }
        if (text == null) {
            throw new BadRow(RejectReason.MISSING_FIELD, column.name());
        }
        long nanos = column.unit().toNanos(text);
        if (!started) {
            origin = nanos;
            return 0;
        }
        long offset = nanos - origin;
        if (offset < last) {
            notes.add(TraceNote.ARRIVAL_OUT_OF_ORDER);
            return last;
        }
        if (offset - last > LONGEST_SILENCE.toNanos()) {
            throw new BadRow(
                    RejectReason.IMPLAUSIBLE,
                    "arrival "
                            + text
                            + " is more than "
                            + LONGEST_SILENCE.toDays()
                            + " days after the one before");
        }
        return offset;
    }

    /** The row was accepted at this offset. */
    void advance(long offset) {
        started = true;
        last = offset;
    }
}
