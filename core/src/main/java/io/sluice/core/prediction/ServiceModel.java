package io.sluice.core.prediction;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;

/**
 * Predicted service time as a line in prompt and output length.
 *
 * @param prefillMillisPerToken milliseconds for each prompt token
 * @param decodeMillisPerToken milliseconds for each output token
 */
public record ServiceModel(double prefillMillisPerToken, double decodeMillisPerToken) {

    /**
     * Used while no instance has said how fast it is: only the ratio of prompt to output tokens
     * matters then.
     */
    public static final ServiceModel UNKNOWN_HARDWARE = new ServiceModel(0.1, 15.0);

    /** The speed that an instance advertises; the default where it advertises none. */
    public static ServiceModel of(InstanceCapacity capacity) {
        if (capacity.prefillMillisPerToken() <= 0 && capacity.decodeMillisPerToken() <= 0) {
            return UNKNOWN_HARDWARE;
        }
        return new ServiceModel(capacity.prefillMillisPerToken(), capacity.decodeMillisPerToken());
    }

    /** Predicted milliseconds from start to last token, by the request's expected output length. */
    public double serviceMillis(PendingRequest request) {
        return request.inputTokens() * prefillMillisPerToken
                + request.expectedOutputTokens() * decodeMillisPerToken;
    }
}
