package io.sluice.sim.workload;

import io.sluice.sim.random.Draws;

import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * A burst for schedulers that rank by predicted length, after the learning-to-rank study (arXiv
 * 2408.15792): all requests arrive together, in random order, with a score whose Kendall tau-b with
 * the true length is as asked, within {@value NoisyScores#TOLERANCE}. The predicted length is the
 * score's exponential.
 */
public final class RankingBurstWorkload implements Workload {

    private final RankingBurstSettings settings;

    /** A workload with settings. */
    public RankingBurstWorkload(RankingBurstSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "ltr-burst";
    }

    /**
     * The requests; lengths and scores of all are drawn first, since tau is about all of them.
     *
     * @throws IllegalArgumentException if there are too few requests for the tau that was asked
     */
    @Override
    public Iterator<SimulatedRequest> requests(long seed) {
        int count = settings.requests();
        int[] prompts = lengths(settings.prompts(), Draws.of(seed, "prompts"), count);
        int[] outputs = lengths(settings.outputs(), Draws.of(seed, "outputs"), count);
        double[] scores = NoisyScores.of(outputs, settings.tau(), Draws.of(seed, "scores"));
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                SimulatedRequest.of(i, 0, prompts[i], outputs[i])
                                        .withPrediction(predicted(scores[i]), scores[i]))
                .iterator();
    }

    private static int[] lengths(LengthSource source, Draws draws, int count) {
        return IntStream.range(0, count).map(i -> source.draw(draws)).toArray();
    }

    private static int predicted(double score) {
        long tokens = Math.round(StrictMath.exp(score));
        return (int) Math.max(1, Math.min(RankingBurstSettings.MOST_TOKENS, tokens));
    }
}
