package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What travels with a request from submitter to worker without the scheduler reading it.
 *
 * <p>{@code minTokens} is here on purpose: a replay sets it to the recorded output length, and a
 * policy that could see it would be clairvoyant.
 *
 * @param createdMillis the submitter's clock when it made the request
 * @param minTokens output tokens that the engine must produce at least; 0 for no such demand
 * @param workflowId workflow it belongs to, or null
 * @param serviceTier service tier it asks for, or null
 * @param adapter LoRA adapter, or null
 * @param stream whether the client wants tokens as they come
 * @param payload where the prompt lies, or null when there is none
 * @param traceparent W3C trace context, or null
 * @param hashes prefix block hashes
 */
public record Passengers(
        long createdMillis,
        int minTokens,
        @Nullable String workflowId,
        @Nullable String serviceTier,
        @Nullable String adapter,
        boolean stream,
        @Nullable PayloadLocation payload,
        @Nullable String traceparent,
        BlockHashes hashes) {

    /** Nothing but a creation time. */
    public static Passengers createdAt(long createdMillis) {
        return new Passengers(
                createdMillis, 0, null, null, null, false, null, null, BlockHashes.NONE);
    }
}
