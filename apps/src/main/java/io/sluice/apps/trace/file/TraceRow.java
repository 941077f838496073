package io.sluice.apps.trace.file;

import io.sluice.apps.trace.RejectReason;

import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** The current row of a scan: fields by name, numbers checked. */
final class TraceRow {

    /** Longer than any model's context by far: a length above is a broken value. */
    static final int LONGEST_TOKENS = 100_000_000;

    private static final int SHOWN_CHARACTERS = 40;

    private final ResultSet rows;
    private final long position;

    TraceRow(ResultSet rows, long position) {
        this.rows = rows;
        this.position = position;
    }

    /** Where the row is in the file, from 1. */
    long position() {
        return position;
    }

    /** Refuses a row that is no row of the format at all. */
    void requireWhole() throws SQLException, BadRow {
        String defect = rows.getString(TraceQuery.DEFECT);
        if (defect != null) {
            throw new BadRow(RejectReason.MALFORMED, defect);
        }
    }

    /** A text field; null when absent. */
    @Nullable String text(Field field) throws SQLException {
        return rows.getString(TraceQuery.column(field));
    }

    /**
     * A length in tokens or words; null when absent. Whole numbers written as 374.0 are taken,
     * others refused.
     */
    @Nullable Integer length(Field field) throws SQLException, BadRow {
        String text = text(field);
        if (text == null) {
            return null;
        }
        double rough = number(field, text);
        if (rough < 0) {
            throw new BadRow(RejectReason.NEGATIVE, words(field) + " " + text);
        }
        if (rough > LONGEST_TOKENS) {
            throw new BadRow(RejectReason.IMPLAUSIBLE, words(field) + " " + text);
        }
        return (int) rough;
    }

    /** A whole number of either sign; null when absent. */
    @Nullable Integer integer(Field field) throws SQLException, BadRow {
        String text = text(field);
        if (text == null) {
            return null;
        }
        double rough = number(field, text);
        if (Math.abs(rough) > LONGEST_TOKENS) {
            throw new BadRow(RejectReason.IMPLAUSIBLE, words(field) + " " + text);
        }
        return (int) rough;
    }

    private static double number(Field field, String text) throws BadRow {
        try {
            double value = Double.parseDouble(text);
            if (value == Math.rint(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through: not a number and not a whole number are one complaint.
        }
        String shown =
                text.length() > SHOWN_CHARACTERS
                        ? text.substring(0, SHOWN_CHARACTERS) + "..."
                        : text;
        throw new BadRow(
                RejectReason.UNREADABLE_VALUE,
                words(field) + " '" + shown + "' is not a whole number");
    }

    /** Block ids; null when absent or when one is not a number. */
    @Nullable List<Long> hashIds() throws SQLException {
        Object[] ids = elements(TraceQuery.column(Field.HASH_IDS));
        if (ids == null || Arrays.asList(ids).contains(null)) {
            return null;
        }
        return Arrays.stream(ids).map(Long.class::cast).toList();
    }

    /** Whether the row has messages at all, even none. */
    @Nullable List<@Nullable String> speakers() throws SQLException {
        return strings(TraceQuery.column(Field.MESSAGES));
    }

    /** The texts that go with {@link #speakers()}. */
    @Nullable List<@Nullable String> contents() throws SQLException {
        return strings(TraceQuery.column(Field.MESSAGES) + 1);
    }

    private @Nullable List<@Nullable String> strings(int column) throws SQLException {
        Object[] values = elements(column);
        return values == null
                ? null
                : Arrays.asList(Arrays.copyOf(values, values.length, String[].class));
    }

    private Object @Nullable [] elements(int column) throws SQLException {
        Array array = rows.getArray(column);
        return array == null ? null : (Object[]) array.getArray();
    }

    private static String words(Field field) {
        return field.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
