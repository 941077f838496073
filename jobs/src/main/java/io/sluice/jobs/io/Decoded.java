package io.sluice.jobs.io;

import io.sluice.jobs.state.LogPosition;

import org.jspecify.annotations.Nullable;

/**
 * What became of the bytes of one record: a value, or a failure together with the bytes. A source
 * emits it for every record, so that bad bytes neither stop the job nor hold back log time.
 *
 * @param position where the record is in the log
 * @param value the value; null if it could not be read
 * @param raw the bytes; null if there is a value
 * @param failure what was wrong; null if there is a value
 * @param <T> the value
 */
public record Decoded<T>(
        LogPosition position,
        @Nullable T value,
        @Nullable RawMessage raw,
        @Nullable Failure failure) {

    /** The record was read. */
    public static <T> Decoded<T> of(LogPosition position, T value) {
        return new Decoded<>(position, value, null, null);
    }

    /** The record could not be read. */
    public static <T> Decoded<T> failed(LogPosition position, RawMessage raw, Failure failure) {
        return new Decoded<>(position, null, raw, failure);
    }
}
