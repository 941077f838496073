package io.sluice.sim.workload;

import io.sluice.sim.random.PythonRandom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The requests of the "semantic scheduling" study (arXiv 2506.12204), bit for bit: groups arrive
 * one gap apart; class and lengths are uniform; a predictor knows the answer's length up to
 * bucketing. All is drawn from one {@link PythonRandom} in the order of the study's program: sizes
 * of groups, then all classes, all prompts, all answers, then whether each bucket is rounded up,
 * then mistakes.
 */
public final class SemanticWorkload implements Workload {

    private static final int MOST_REQUESTS = 20_000_000;

    private final SemanticSettings settings;

    /** A workload with settings. */
    public SemanticWorkload(SemanticSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "semantic";
    }

    @Override
    public Iterator<SimulatedRequest> requests(long seed) {
        return list(seed).iterator();
    }

    /** All requests of a seed. */
    public List<SimulatedRequest> list(long seed) {
        PythonRandom random = new PythonRandom(seed);
        long[] arrivals = arrivals(groupSizes(random));
        int count = arrivals.length;
        int[] ranks = picks(random, count, settings.classes(), 0);
        int[] prompts = picks(random, count, settings.lengths().promptLimit() - 1, 1);
        int[] outputs = picks(random, count, settings.lengths().outputLimit() - 1, 1);
        int[] buckets = buckets(random, outputs);
        int[] seenRanks = settings.errors().predictedRanks(random, ranks, scale());
        int[] seenBuckets = settings.errors().predictedBuckets(random, ranks, buckets, scale());
        long[] releases = settings.predictors().releases(arrivals);
        List<SimulatedRequest> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requests.add(
                    SimulatedRequest.of(i, arrivals[i], prompts[i], outputs[i])
                            .withRelease(releases[i])
                            .withRank(seenRanks[i], ranks[i])
                            .withPrediction(settings.lengths().tokens(seenBuckets[i])));
        }
        return requests;
    }

    /** How many requests each group has, drawn first of all. */
    int[] groupSizes(PythonRandom random) {
        return picks(random, settings.groups().count(), settings.groups().maxConcurrent() + 1, 0);
    }

    private long[] arrivals(int[] sizes) {
        long count = Arrays.stream(sizes).asLongStream().sum();
        Settings.requireBetween("requests of all groups", count, 0, MOST_REQUESTS);
        long[] arrivals = new long[(int) count];
        int next = 0;
        for (int group = 0; group < sizes.length; group++) {
            int end = next + sizes[group];
            Arrays.fill(arrivals, next, end, settings.groups().arrivalNanos(group));
            next = end;
        }
        return arrivals;
    }

    private static int[] picks(PythonRandom random, int count, int bound, int least) {
        int[] picks = new int[count];
        for (int i = 0; i < count; i++) {
            picks[i] = least + random.pick(bound);
        }
        return picks;
    }

    private int[] buckets(PythonRandom random, int[] outputs) {
        SemanticSettings.Lengths lengths = settings.lengths();
        boolean together = lengths.rounding() == SemanticSettings.Rounding.TOGETHER;
        int up = together ? random.pick(2) : 0;
        int[] buckets = new int[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            up = together ? up : random.pick(2);
            int width = lengths.bucketTokens();
            buckets[i] = up == 1 ? (outputs[i] + width - 1) / width : outputs[i] / width;
        }
        return buckets;
    }

    private PredictionErrors.Scale scale() {
        SemanticSettings.Lengths lengths = settings.lengths();
        return new PredictionErrors.Scale(
                settings.classes(), lengths.buckets(), lengths.bucketTokens());
    }
}
