package io.sluice.core.prediction;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.Speed;

/**
 * Predicts how long an instance will be busy with a request.
 *
 * @param speed how fast the instance is
 */
public record ServiceModel(Speed speed) {

    /**
     * Used while no instance has said how fast it is: only the ratio of prompt to output tokens
     * matters then.
     */
    public static final ServiceModel UNKNOWN_HARDWARE = new ServiceModel(0.1, 15.0);

    /**
     * A model that is a line in prompt and output length.
     *
     * @param prefillMillisPerToken milliseconds for each prompt token
     * @param decodeMillisPerToken milliseconds for each output token
     */
    public ServiceModel(double prefillMillisPerToken, double decodeMillisPerToken) {
        this(new Speed(prefillMillisPerToken, decodeMillisPerToken));
    }

    /** The speed that an instance advertises; the default where it advertises none. */
    public static ServiceModel of(InstanceCapacity capacity) {
        return capacity.speed().isKnown() ? new ServiceModel(capacity.speed()) : UNKNOWN_HARDWARE;
    }

    /** Milliseconds to compute a prompt of that many tokens. */
    public double prefillMillis(long tokens) {
        return (speed.prefillPerSquaredToken() * tokens + speed.prefillPerToken()) * tokens;
    }

    /**
     * Milliseconds to make output tokens one by one.
     *
     * @param contextTokens tokens before the first of them
     * @param outputTokens how many to make; negative gives the time of as many fewer
     */
    public double decodeMillis(long contextTokens, long outputTokens) {
        double contexts = outputTokens * (contextTokens + (outputTokens + 1) / 2.0);
        return speed.decodePerContextToken() * contexts + speed.decodePerToken() * outputTokens;
    }

    /**
     * Predicted milliseconds from start to last token, by the request's expected output length.
     * What earlier runs have done does not count again; a request that outlives its prediction has
     * less than nothing left, so that it stays ahead of what it was ahead of.
     */
    public double serviceMillis(PendingRequest request) {
        Progress progress = request.progress();
        long context = (long) request.inputTokens() + progress.generatedTokens();
        long held = Math.min(context, progress.heldTokens());
        long left = (long) request.expectedOutputTokens() - progress.generatedTokens();
        return prefillMillis(context) - prefillMillis(held) + decodeMillis(context, left);
    }
}
