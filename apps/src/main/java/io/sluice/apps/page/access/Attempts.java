package io.sluice.apps.page.access;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Makes guessing of a token slow: after a few wrong ones of an address within a minute no other of
 * it is looked at, right or wrong, until the minute is over.
 */
public final class Attempts {

    /**
     * What came of a token that somebody showed.
     *
     * @param right whether it was looked at and is the token
     * @param waitSeconds until the address may show another; 0 if this one was looked at
     */
    public record Answer(boolean right, long waitSeconds) {

        /** Whether it was not even looked at. */
        public boolean tooMany() {
            return waitSeconds > 0;
        }
    }

    /** Wrong tokens of an address in a minute. */
    static final int MOST = 5;

    /** Addresses that are remembered; of more, those that were wrong first are forgotten. */
    static final int MOST_ADDRESSES = 10_000;

    private static final long MINUTE_MILLIS = 60_000;

    private record Wrong(long sinceMillis, int count) {}

    private final Clock clock;
    private final Map<String, Wrong> byAddress =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Wrong> eldest) {
                    return size() > MOST_ADDRESSES;
                }
            };

    /** No wrong token yet. */
    public Attempts(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes a token that somebody showed.
     *
     * @param address where it came from
     * @param isRight looks at it
     */
    public synchronized Answer of(String address, BooleanSupplier isRight) {
        long now = clock.millis();
        Wrong before = byAddress.get(address);
        if (before != null && now - before.sinceMillis() >= MINUTE_MILLIS) {
            byAddress.remove(address);
            before = null;
        }
        if (before != null && before.count() >= MOST) {
            long left = before.sinceMillis() + MINUTE_MILLIS - now;
            return new Answer(false, (left + 999) / 1000);
        }
        if (isRight.getAsBoolean()) {
            return new Answer(true, 0);
        }
        byAddress.put(
                address,
                before == null
                        ? new Wrong(now, 1)
                        : new Wrong(before.sinceMillis(), before.count() + 1));
        return new Answer(false, 0);
    }
}
