package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * A request as the scheduler knows it.
 *
 * @param key identity
 * @param model model that must serve it
 * @param priority higher is more important, negative may be shed
 * @param submittedAtMillis when the broker took the request; the arrival of every ordering rule
 * @param expiresAtMillis absolute time after which it must not start: the earlier of deadline and
 *     submission plus time to live; {@link #NEVER} for none
 * @param deadlineMillis absolute time by which it must have finished, or {@link #NEVER}
 * @param inputTokens prompt length, at least 0
 * @param maxTokens most output tokens asked for; 0 when the submitter named none
 * @param prediction what was predicted of its output
 * @param progress what earlier runs have left for the next one to take up
 * @param criticalPathMillis predicted milliseconds of the longest chain of requests that wait for
 *     it, it not included; 0 if none is known
 * @param slo latency targets
 * @param sessionId conversation it belongs to, or null
 * @param pinnedInstance instance it must run on, or null
 * @param passengers what only the worker reads
 */
public record PendingRequest(
        RequestKey key,
        String model,
        int priority,
        long submittedAtMillis,
        long expiresAtMillis,
        long deadlineMillis,
        int inputTokens,
        int maxTokens,
        Prediction prediction,
        Progress progress,
        long criticalPathMillis,
        SloTarget slo,
        @Nullable String sessionId,
        @Nullable String pinnedInstance,
        Passengers passengers) {

    /** A time that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Output length assumed when neither a prediction nor a limit is known, in tokens. */
    public static final int DEFAULT_OUTPUT_TOKENS = 256;

    /** Rejects negative lengths. */
    public PendingRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(model, "model");
        if (inputTokens < 0 || maxTokens < 0) {
            throw new IllegalArgumentException(
                    "request %s: token counts must not be negative: input %d, max %d"
                            .formatted(key, inputTokens, maxTokens));
        }
    }

    /** A request that has not run yet. */
    public PendingRequest(
            RequestKey key,
            String model,
            int priority,
            long submittedAtMillis,
            long expiresAtMillis,
            long deadlineMillis,
            int inputTokens,
            int maxTokens,
            int predictedOutputTokens,
            SloTarget slo,
            @Nullable String sessionId,
            @Nullable String pinnedInstance,
            Passengers passengers) {
        this(
                key,
                model,
                priority,
                submittedAtMillis,
                expiresAtMillis,
                deadlineMillis,
                inputTokens,
                maxTokens,
                Prediction.ofTokens(predictedOutputTokens),
                Progress.NONE,
                0,
                slo,
                sessionId,
                pinnedInstance,
                passengers);
    }

    /** Expected output length in tokens; 0 when nobody predicted one. */
    public int predictedOutputTokens() {
        return prediction.outputTokens();
    }

    /**
     * What rankings by length go by, smaller for shorter: the predictor's score, else the expected
     * output tokens. Within a lane all requests should have a score, or none.
     */
    public double lengthScore() {
        return prediction.hasScore() ? prediction.lengthScore() : expectedOutputTokens();
    }

    /**
     * Best guess of the output length in tokens: the prediction, else the limit, else a default;
     * never above the limit.
     */
    public int expectedOutputTokens() {
        int guess = prediction.outputTokens();
        if (guess == 0) {
            guess = maxTokens == 0 ? DEFAULT_OUTPUT_TOKENS : maxTokens;
        }
        return maxTokens == 0 ? guess : Math.min(guess, maxTokens);
    }

    /** KV tokens that a run is expected to hold at its end: prompt plus expected output. */
    public long reservedTokens() {
        return (long) inputTokens + expectedOutputTokens();
    }

    /** KV tokens that it holds once its next output token is made. */
    public long presentTokens() {
        return (long) inputTokens + progress.generatedTokens() + 1;
    }

    /**
     * KV tokens that a run may need at most: what an instance must be able to hold for the request
     * ever to run on it.
     */
    public long longestTokens() {
        return (long) inputTokens + Math.max(1, maxTokens);
    }

    /** The same request with another priority. */
    public PendingRequest withPriority(int newPriority) {
        return with(newPriority, prediction, progress, criticalPathMillis);
    }

    /** The same request after a run that was interrupted, or in the middle of one. */
    public PendingRequest withProgress(Progress newProgress) {
        return newProgress.equals(progress)
                ? this
                : with(priority, prediction, newProgress, criticalPathMillis);
    }

    /** The same request with another prediction. */
    public PendingRequest withPrediction(Prediction newPrediction) {
        return with(priority, newPrediction, progress, criticalPathMillis);
    }

    /** The same request, with so much to come after it. */
    public PendingRequest withCriticalPath(long millis) {
        return millis == criticalPathMillis ? this : with(priority, prediction, progress, millis);
    }

    private PendingRequest with(
            int newPriority, Prediction newPrediction, Progress newProgress, long newCriticalPath) {
        return new PendingRequest(
                key,
                model,
                newPriority,
                submittedAtMillis,
                expiresAtMillis,
                deadlineMillis,
                inputTokens,
                maxTokens,
                newPrediction,
                newProgress,
                newCriticalPath,
                slo,
                sessionId,
                pinnedInstance,
                passengers);
    }
}
