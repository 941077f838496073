package io.sluice.sim.workload;

/**
 * What {@link RankingBurstWorkload} draws.
 *
 * @param requests how many arrive together
 * @param prompts lengths of prompts
 * @param outputs lengths of answers
 * @param tau Kendall's tau-b between scores and true lengths, above 0; 1 is a score that is always
 *     right
 */
public record RankingBurstSettings(
        int requests, LengthSource prompts, LengthSource outputs, double tau) {

    /** Longest answer of the study's model, in tokens. */
    public static final int MOST_TOKENS = 8_192;

    private static final int BURST = 2_000;
    private static final int SYNTHETIC_DATA = 10_000;

    /** Rejects settings outside their range. */
    public RankingBurstSettings {
        Settings.requireBetween("requests", requests, 2, 10_000_000);
        if (!(tau > 0 && tau <= 1)) {
            throw Settings.wrong("tau", tau, "above 0, and at most 1");
        }
    }

    /** The study's burst of 2,000 requests. */
    public static RankingBurstSettings burst(RankingDataset dataset, double tau) {
        return of(BURST, dataset, dataset.sigma(), tau);
    }

    /** The study's generation of synthetic data: 10,000 prompts, all there from the start. */
    public static RankingBurstSettings syntheticData(RankingDataset dataset, double tau) {
        return of(SYNTHETIC_DATA, dataset, dataset.sigma(), tau);
    }

    /** A burst with the means of a data set and a spread. */
    public static RankingBurstSettings of(
            int requests, RankingDataset dataset, double sigma, double tau) {
        return new RankingBurstSettings(
                requests,
                LengthSource.LogNormal.ofMean(dataset.promptMean(), sigma, MOST_TOKENS),
                LengthSource.LogNormal.ofMean(dataset.outputMean(), sigma, MOST_TOKENS),
                tau);
    }
}
