package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * Something that was seen, and may be why an alert is open.
 *
 * @param kind name of what was seen
 * @param instance instance it was seen at; null if at none in particular
 * @param sinceMillis since when
 * @param overMillis when it was over; {@link Long#MAX_VALUE} while it is not
 * @param limit what was exceeded when it began
 * @param detail the numbers, for people
 */
public record CauseState(
        String kind,
        @Nullable String instance,
        long sinceMillis,
        long overMillis,
        double limit,
        String detail) {}
