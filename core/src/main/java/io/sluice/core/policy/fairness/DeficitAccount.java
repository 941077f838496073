package io.sluice.core.policy.fairness;

import io.sluice.core.model.PriorityBand;

import java.util.Arrays;

/** What a tenant has left of what it was granted, and what it waits for. */
final class DeficitAccount {

    private static final long NOTHING = -1;

    private final String tenant;
    private final double grant;
    private final long[] firstTokens = new long[PriorityBand.values().length];
    private double deficit;
    private double roundsBefore;

    /**
     * An account with nothing in it.
     *
     * @param grant tokens that each visit adds
     */
    DeficitAccount(String tenant, double grant) {
        this.tenant = tenant;
        this.grant = grant;
        Arrays.fill(firstTokens, NOTHING);
    }

    String tenant() {
        return tenant;
    }

    /** What it has left; below 0 what it owes. Without the visits since it was last settled. */
    double deficit() {
        return deficit;
    }

    /** What it has left after that many more visits. */
    double deficitAfter(double visits) {
        return deficit + visits * grant;
    }

    void add(double tokens) {
        deficit += tokens;
    }

    void loseSavings() {
        deficit = Math.min(0, deficit);
    }

    void grant(double visits) {
        deficit = deficitAfter(visits);
    }

    /** How many visits it needs to be able to pay that much; 0 or less if it can. */
    double visitsFor(long tokens) {
        return Math.ceil((tokens - deficit) / grant);
    }

    /** How many rounds had passed when it was last settled while it waited for nothing. */
    double roundsBefore() {
        return roundsBefore;
    }

    void roundsBefore(double rounds) {
        roundsBefore = rounds;
    }

    /** After how many rounds it owes nothing, if it stays away. */
    double paidOffAt() {
        return roundsBefore + visitsFor(0);
    }

    /** The first of its requests in a class costs so many tokens. */
    void waitsFor(int band, long tokens) {
        firstTokens[band] = tokens;
    }

    /** Nothing of it waits in a class. */
    void waitsForNothing(int band) {
        firstTokens[band] = NOTHING;
    }

    /** The classes in which it waits, one bit for each. */
    int classes() {
        int classes = 0;
        for (int band = 0; band < firstTokens.length; band++) {
            if (firstTokens[band] != NOTHING) {
                classes |= 1 << band;
            }
        }
        return classes;
    }

    /** Visits that it needs in each class to pay for its first request; infinite where none is. */
    double[] due() {
        double[] due = new double[firstTokens.length];
        for (int band = 0; band < due.length; band++) {
            boolean waits = firstTokens[band] != NOTHING;
            due[band] = waits ? visitsFor(firstTokens[band]) : Double.POSITIVE_INFINITY;
        }
        return due;
    }

    /** The same for one class in which it waits. */
    double visitsForFirst(int band) {
        return visitsFor(firstTokens[band]);
    }
}
