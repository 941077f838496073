package io.sluice.core.policy;

import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;

/**
 * A waiting request, as far as order, expiry and limits need it.
 *
 * @param place its place in the order of keys
 * @param expiresAtMillis when it must leave
 * @param tokens prompt plus expected output
 * @param longestTokens prompt plus the most output it asks for
 * @param presentTokens prompt, output so far and the next token: what it needs to run on
 * @param serviceMillis predicted milliseconds from its start to its last token, on the lane's
 *     instances
 * @param band its priority band
 */
public record QueuedRequest(
        SortKey place,
        long expiresAtMillis,
        long tokens,
        long longestTokens,
        long presentTokens,
        double serviceMillis,
        PriorityBand band) {

    /** The request. */
    public RequestKey key() {
        return place.key();
    }
}
