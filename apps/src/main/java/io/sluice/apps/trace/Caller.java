package io.sluice.apps.trace;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request; each part is null where the source does not say.
 *
 * @param tenant the paying party (our {@code fairness_id})
 * @param model name of the model that was asked
 * @param sessionId conversation to which the request belongs
 * @param priority recorded urgency: higher is more important, negative may be shed
 */
public record Caller(
        @Nullable String tenant,
        @Nullable String model,
        @Nullable String sessionId,
        @Nullable Integer priority) {

    /** Nothing is known. */
    public static final Caller UNKNOWN = new Caller(null, null, null, null);
}
