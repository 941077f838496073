package io.sluice.apps.tail;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to begin in every partition.
 *
 * @param kind at an end of the log, or at an offset
 * @param offset the offset, where that is meant
 */
record StartPosition(Kind kind, long offset) {

    /** What a position is. */
    enum Kind {
        /** At the oldest record. */
        BEGINNING,
        /** Behind the newest. */
        END,
        /** At an offset. */
        OFFSET
    }

    /** Reads {@code beginning}, {@code end} or a number. */
    static final class Converter implements ITypeConverter<StartPosition> {

        @Override
        public StartPosition convert(String text) {
            if (text.equalsIgnoreCase("beginning")) {
                return new StartPosition(Kind.BEGINNING, 0);
            }
            if (text.equalsIgnoreCase("end")) {
                return new StartPosition(Kind.END, 0);
            }
            if (text.matches("\\d{1,18}")) {
                return new StartPosition(Kind.OFFSET, Long.parseLong(text));
            }
            throw new TypeConversionException(
                    "'%s' is neither beginning nor end nor an offset".formatted(text));
        }
    }
}
