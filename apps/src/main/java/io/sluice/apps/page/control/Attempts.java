package io.sluice.apps.page.control;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Wrong tokens of each address. After a few within a minute no other is looked at, right or wrong,
 * until the minute is over.
 */
final class Attempts {

    /** Wrong tokens of an address in a minute. */
    static final int MOST = 5;

    private static final long MINUTE_MILLIS = 60_000;
    private static final int MOST_ADDRESSES = 10_000;

    private record Wrong(long sinceMillis, int count) {}

    private final Map<String, Wrong> byAddress =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Wrong> eldest) {
                    return size() > MOST_ADDRESSES;
                }
            };

    /** Milliseconds until an address may try again; 0 if it may now. */
    synchronized long waitMillis(String address, long nowMillis) {
        Wrong wrong = byAddress.get(address);
        return wrong == null || wrong.count() < MOST
                ? 0
                : Math.max(0, wrong.sinceMillis() + MINUTE_MILLIS - nowMillis);
    }

    /** Counts a wrong token. */
    synchronized void wrong(String address, long nowMillis) {
        Wrong before = byAddress.get(address);
        boolean within = before != null && nowMillis - before.sinceMillis() < MINUTE_MILLIS;
        byAddress.put(
                address,
                before != null && within
                        ? new Wrong(before.sinceMillis(), before.count() + 1)
                        : new Wrong(nowMillis, 1));
    }
}
