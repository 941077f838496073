package io.sluice.sim.workload;

import java.time.Duration;

/**
 * What {@link SemanticWorkload} draws. {@link #standard()} has the study's defaults; the {@code
 * with} methods change one thing.
 *
 * @param groups when how many requests arrive
 * @param classes how many classes of urgency there are, all as likely
 * @param lengths of prompts, answers and predictions
 * @param predictors what lies between arrival and release
 * @param errors how wrong the predictions are
 */
public record SemanticSettings(
        Groups groups,
        int classes,
        Lengths lengths,
        PredictorStage predictors,
        PredictionErrors errors) {

    private static final int MOST_CLASSES = 1_000;
    private static final int MOST_GROUPS = 10_000_000;

    /** Rejects settings outside their range. */
    public SemanticSettings {
        Settings.requireBetween("classes", classes, 1, MOST_CLASSES);
    }

    /**
     * Groups of requests that arrive together, one group after each gap.
     *
     * @param count how many groups
     * @param gap from one group to the next
     * @param maxConcurrent largest group; sizes are uniform from 0
     * @param earlyGap whether each group but the first arrives one gap early, with the one before,
     *     as in the study's program of 2025, which releases a group before it waits
     */
    public record Groups(int count, Duration gap, int maxConcurrent, boolean earlyGap) {

        /** Rejects settings outside their range. */
        public Groups {
            Settings.requireBetween("groups", count, 1, MOST_GROUPS);
            Settings.requireBetween("gap in seconds", gap.toSeconds(), 0, 1_000_000);
            Settings.requireBetween("maxConcurrent", maxConcurrent, 0, 1_000_000);
        }

        long arrivalNanos(int group) {
            return (earlyGap ? Math.max(0, group - 1) : group) * gap.toNanos();
        }
    }

    /**
     * Lengths in tokens, uniform from 1.
     *
     * @param promptLimit prompts are shorter than this
     * @param outputLimit answers are shorter than this
     * @param buckets of equal width that answers up to {@code outputLimit} are predicted in
     * @param rounding how an answer's length becomes a bucket
     */
    public record Lengths(int promptLimit, int outputLimit, int buckets, Rounding rounding) {

        /** Rejects settings outside their range. */
        public Lengths {
            Settings.requireBetween("promptLimit", promptLimit, 2, 1 << 24);
            Settings.requireBetween("outputLimit", outputLimit, 2, 1 << 24);
            Settings.requireBetween("buckets", buckets, 1, outputLimit);
            if (outputLimit % buckets != 0) {
                throw Settings.wrong(
                        "buckets", buckets, "a divisor of outputLimit, " + outputLimit);
            }
        }

        /** Width of a bucket. */
        int bucketTokens() {
            return outputLimit / buckets;
        }

        /** Tokens that a bucket predicts. */
        int tokens(int bucket) {
            int tokens = bucket * bucketTokens();
            return rounding == Rounding.EACH ? Math.max(1, tokens) : tokens;
        }
    }

    /** How an answer's length becomes a bucket. */
    public enum Rounding {
        /** Up or down by a toss for each request; a prediction is at least one token. */
        EACH,
        /** Up or down by one toss for all requests; a prediction may be 0 tokens. */
        TOGETHER
    }

    /**
     * The study's defaults for continuous batching: 20 groups of up to 5, a gap of 0.1 s, 5
     * classes, prompts and answers of 1 to 499 tokens, predicted in 10 buckets without mistakes,
     * released 1.5 ms after they arrive.
     */
    public static SemanticSettings standard() {
        return new SemanticSettings(
                new Groups(20, Duration.ofMillis(100), 5, false),
                5,
                new Lengths(500, 500, 10, Rounding.EACH),
                new PredictorStage.Delay(1_500_000),
                PredictionErrors.NONE);
    }

    /**
     * The study's defaults for one request at a time: 10 groups of up to 5, a gap of 1 s, 5
     * classes, prompts and answers of 1 to 499 tokens, predicted without mistakes in 5 buckets by
     * two predictors that take 3 ms for up to 5 requests.
     */
    public static SemanticSettings sequential() {
        return new SemanticSettings(
                new Groups(10, Duration.ofSeconds(1), 5, false),
                5,
                new Lengths(500, 500, 5, Rounding.EACH),
                PredictorStage.both(new Predictor(5, 3_000_000, Predictor.Mode.IMMEDIATE)),
                PredictionErrors.NONE);
    }

    /**
     * The defaults of the study's program of 23 December 2024: 10 groups of up to 5, a gap of 0.5
     * s, 10 classes, prompts of 1 to 19 tokens, answers of 1 to 99 predicted in 20 buckets, and
     * predictors of 0.7 s that never wait for each other.
     */
    public static SemanticSettings december() {
        long latency = 700_000_000;
        return new SemanticSettings(
                new Groups(10, Duration.ofMillis(500), 5, false),
                10,
                new Lengths(20, 100, 20, Rounding.TOGETHER),
                new PredictorStage.Predictors(
                        new Predictor(5, latency, Predictor.Mode.PARALLEL),
                        new Predictor(2, latency, Predictor.Mode.PARALLEL)),
                PredictionErrors.NONE);
    }

    /** The same with other groups. */
    public SemanticSettings withGroups(Groups newGroups) {
        return new SemanticSettings(newGroups, classes, lengths, predictors, errors);
    }

    /** The same with another gap and another largest group. */
    public SemanticSettings withArrivals(Duration gap, int maxConcurrent) {
        return withGroups(new Groups(groups.count(), gap, maxConcurrent, groups.earlyGap()));
    }

    /** The same with other lengths. */
    public SemanticSettings withLengths(Lengths newLengths) {
        return new SemanticSettings(groups, classes, newLengths, predictors, errors);
    }

    /** The same with another number of classes. */
    public SemanticSettings withClasses(int newClasses) {
        return new SemanticSettings(groups, newClasses, lengths, predictors, errors);
    }

    /** The same with other predictors. */
    public SemanticSettings withPredictors(PredictorStage newPredictors) {
        return new SemanticSettings(groups, classes, lengths, newPredictors, errors);
    }

    /** The same with other mistakes. */
    public SemanticSettings withErrors(PredictionErrors newErrors) {
        return new SemanticSettings(groups, classes, lengths, predictors, newErrors);
    }
}
