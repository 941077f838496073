package io.sluice.apps.trace.file;

import io.sluice.apps.trace.RejectReason;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/**
 * How a format writes a time; all are read to nanoseconds from an origin that only the file knows.
 */
enum ArrivalUnit {
    SECONDS(9),
    MILLIS(6),
    NANOS(0),
    /**
     * A date and time: blank or T between them, up to nine fractional digits, UTC unless an offset
     * is given.
     */
    WALL_CLOCK(0);

    /** 2200-01-01: no trace is younger, and nanoseconds up to there fit a long. */
    private static final double LAST_PLAUSIBLE_NANOS = 7.258e18;

    private static final int LONGEST_NUMBER = 40;

    private static final DateTimeFormatter DATE_TIME =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendPattern("[ ]['T']HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .optionalStart()
                    .appendOffset("+HH:mm", "Z")
                    .optionalEnd()
                    .toFormatter();

    private final int digitsToNanos;

    ArrivalUnit(int digitsToNanos) {
        this.digitsToNanos = digitsToNanos;
    }

    /** Nanoseconds from the origin of the file. */
    long toNanos(String text) throws BadRow {
        return this == WALL_CLOCK ? dateTime(text) : number(text);
    }

    private long number(String text) throws BadRow {
        if (text.length() > LONGEST_NUMBER) {
            throw new BadRow(
                    RejectReason.UNREADABLE_VALUE,
                    "arrival time of " + text.length() + " characters");
        }
        try {
            // The range is checked on the double: an exact conversion of 1e999999999 would never
            // end.
            double rough = Double.parseDouble(text) * StrictMath.pow(10, digitsToNanos);
            if (!(Math.abs(rough) <= LAST_PLAUSIBLE_NANOS)) {
                throw new BadRow(RejectReason.IMPLAUSIBLE, "arrival time " + text);
            }
            return new BigDecimal(text).movePointRight(digitsToNanos).longValue();
        } catch (NumberFormatException e) {
            throw new BadRow(
                    RejectReason.UNREADABLE_VALUE, "arrival time '" + text + "' is not a number");
        }
    }

    private static long dateTime(String text) throws BadRow {
        try {
            TemporalAccessor parsed = DATE_TIME.parse(text);
            Instant instant =
                    parsed.isSupported(ChronoField.OFFSET_SECONDS)
                            ? Instant.from(parsed)
                            : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
            if (Math.abs(instant.getEpochSecond() * 1e9) > LAST_PLAUSIBLE_NANOS) {
                throw new BadRow(RejectReason.IMPLAUSIBLE, "arrival time " + text);
            }
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L),
                    instant.getNano());
        } catch (DateTimeParseException e) {
            throw new BadRow(
                    RejectReason.UNREADABLE_VALUE,
                    "arrival time '" + text + "' is not like 2023-11-16 18:15:46.6805900");
        }
    }
}
