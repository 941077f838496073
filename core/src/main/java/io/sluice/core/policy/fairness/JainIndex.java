package io.sluice.core.policy.fairness;

import java.util.Collection;

/** How evenly something is shared out (Jain, Chiu and Hawe, 1984). */
public final class JainIndex {

    private JainIndex() {}

    /**
     * The square of the sum over n times the sum of the squares: 1 if all have the same, 1/n if one
     * has all.
     *
     * @param shares what each has, 0 or more; divided by its weight, where weights differ
     * @return 1 as well if there is nobody, or nothing to share
     */
    public static double of(Collection<Double> shares) {
        double sum = 0;
        double squares = 0;
        for (double share : shares) {
            if (!(share >= 0)) {
                throw new IllegalArgumentException("a share must not be negative, got " + share);
            }
            sum += share;
            squares += share * share;
        }
        return squares == 0 ? 1 : sum * sum / (shares.size() * squares);
    }
}
