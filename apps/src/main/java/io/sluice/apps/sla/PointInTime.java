package io.sluice.apps.sla;

import io.sluice.apps.cli.DurationConverter;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A moment, or how long before now it is.
 *
 * @param instant the moment; null if it is relative
 * @param beforeNow how long before now, if it is
 */
record PointInTime(@Nullable Instant instant, Duration beforeNow) {

    /** The moment, if this is now. */
    Instant at(Instant now) {
        return instant == null ? now.minus(beforeNow) : instant;
    }

    /** Reads {@code now}, {@code -1h} or {@code 2026-11-23T06:00:00Z}. */
    static final class Converter implements ITypeConverter<PointInTime> {

        @Override
        public PointInTime convert(String text) {
            if (text.equals("now")) {
                return new PointInTime(null, Duration.ZERO);
            }
            try {
                return text.startsWith("-")
                        ? new PointInTime(null, new DurationConverter().convert(text.substring(1)))
                        : new PointInTime(Instant.parse(text), Duration.ZERO);
            } catch (TypeConversionException | DateTimeParseException exception) {
                throw new TypeConversionException(
                        "'%s' is neither now, nor a time before now such as -1h, nor a time such as 2026-11-23T06:00:00Z"
                                .formatted(text));
            }
        }
    }
}
