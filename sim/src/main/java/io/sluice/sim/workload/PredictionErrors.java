package io.sluice.sim.workload;

import io.sluice.sim.random.PythonRandom;

/**
 * How often predictors of class and length are wrong, and by how much.
 *
 * @param rule how a wrong prediction differs from a right one
 * @param ranks mistakes of the class predictor
 * @param lengths mistakes of the length predictor
 */
public record PredictionErrors(Rule rule, Share ranks, Share lengths) {

    /** Predictors that are never wrong. */
    public static final PredictionErrors NONE =
            new PredictionErrors(Rule.CORRECTED, Share.NONE, Share.NONE);

    /** How a wrong prediction differs from a right one. */
    public enum Rule {
        /** It moves up or down from the right one, and stays among the classes or buckets. */
        CORRECTED,
        /**
         * As the study's program has it. Numbers are kept within 1 to the number of classes, for
         * lengths too; so class 0 never stays, a class that does not exist appears, and a wrong
         * length, moved away from the <em>class</em> in tokens, is bucket 1 or the last class's
         * number.
         */
        AS_PUBLISHED
    }

    /**
     * Part of the requests, and how far off they are.
     *
     * @param rate share of requests that are predicted wrongly
     * @param distance how far off, as a share of all classes or buckets
     */
    public record Share(double rate, double distance) {

        /** Nothing is wrong. */
        public static final Share NONE = new Share(0, 0);

        /** Rejects shares outside 0 to 1. */
        public Share {
            Settings.requireShare("error rate", rate);
            Settings.requireShare("error distance", distance);
        }

        private int requests(int all) {
            return (int) (all * rate);
        }

        private int steps(int all) {
            return (int) (all * distance);
        }
    }

    /**
     * The classes as predicted. Nothing is drawn for a share of no requests.
     *
     * @param random what the requests were drawn from, which goes on here
     * @param right the right classes, not changed
     * @param scale what numbers there are
     */
    int[] predictedRanks(PythonRandom random, int[] right, Scale scale) {
        int[] seen = right.clone();
        int steps = ranks.steps(scale.classes());
        for (int id : random.sample(seen.length, ranks.requests(seen.length))) {
            Reach reach =
                    rule == Rule.CORRECTED
                            ? new Reach(right[id], steps, 0, scale.classes() - 1)
                            : new Reach(right[id], steps, 1, scale.classes());
            seen[id] = moved(random, seen[id], reach);
        }
        return seen;
    }

    /**
     * The lengths as predicted, in buckets; drawn after the classes. Nothing is drawn for a share
     * of no requests.
     *
     * @param random what the requests were drawn from, which goes on here
     * @param rightRanks the right classes
     * @param right the right buckets, not changed
     * @param scale what numbers there are
     */
    int[] predictedBuckets(PythonRandom random, int[] rightRanks, int[] right, Scale scale) {
        int[] seen = right.clone();
        int steps = lengths.steps(scale.buckets());
        for (int id : random.sample(seen.length, lengths.requests(seen.length))) {
            Reach reach =
                    rule == Rule.CORRECTED
                            ? new Reach(right[id], steps, 0, scale.buckets())
                            : new Reach(
                                    rightRanks[id],
                                    steps * scale.bucketTokens(),
                                    1,
                                    scale.classes());
            seen[id] = moved(random, seen[id], reach);
        }
        return seen;
    }

    /** Up or down by chance, or where only one of them changes anything, there. */
    private static int moved(PythonRandom random, int current, Reach reach) {
        if (reach.up() == current) {
            return reach.down();
        }
        if (reach.down() == current) {
            return reach.up();
        }
        return random.pick(2) == 1 ? reach.up() : reach.down();
    }

    /** Where a wrong number may lie: some steps from a place, within limits. */
    private record Reach(int from, int steps, int least, int most) {

        int up() {
            return Math.max(least, Math.min(most, from + steps));
        }

        int down() {
            return Math.max(least, Math.min(most, from - steps));
        }
    }

    /**
     * What numbers predictions are.
     *
     * @param classes how many classes there are
     * @param buckets how many buckets there are beside bucket 0
     * @param bucketTokens tokens per bucket
     */
    record Scale(int classes, int buckets, int bucketTokens) {}
}
