package io.sluice.core.slo;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;

/**
 * Something that was seen, and may be why.
 *
 * @param key what, and where
 * @param sinceMillis since when, in log time
 * @param overMillis when it was over; {@link #GOES_ON} while it is not
 * @param limit what was exceeded when it began: it is over below half of that
 * @param detail the numbers, for people
 */
public record Cause(Key key, long sinceMillis, long overMillis, double limit, String detail) {

    /** It is not over. */
    public static final long GOES_ON = Long.MAX_VALUE;

    /** In the order of their beginning; what began together is put in the order of its key. */
    public static final Comparator<Cause> BY_BEGINNING =
            Comparator.comparingLong(Cause::sinceMillis)
                    .thenComparing(cause -> cause.key().kind())
                    .thenComparing(cause -> cause.key().place());

    /**
     * There is one cause at most of each.
     *
     * @param kind what was seen
     * @param instance instance it was seen at; null if at none in particular
     */
    public record Key(CauseKind kind, @Nullable String instance) {

        String place() {
            return instance == null ? "" : instance;
        }
    }

    /** Tells causes apart: the same as long as one goes on. */
    public String name() {
        return "%s/%s@%d".formatted(key.kind(), key.place(), sinceMillis);
    }

    boolean goesOn() {
        return overMillis == GOES_ON;
    }

    Cause now(String numbers) {
        return new Cause(key, sinceMillis, GOES_ON, limit, numbers);
    }

    Cause over(long atMillis) {
        return new Cause(key, sinceMillis, atMillis, limit, detail);
    }
}
