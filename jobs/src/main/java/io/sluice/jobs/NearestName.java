package io.sluice.jobs;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which known name was meant by an unknown one. */
final class NearestName {

    private NearestName() {}

    /**
     * The known name with the fewest typing errors between it and {@code unknown}; empty if even
     * that one would take more than a third of its length. Ties go to the first in alphabetical
     * order.
     */
    static Optional<String> among(Collection<String> known, String unknown) {
        return known.stream()
                .min(
                        Comparator.comparingInt((String name) -> distance(name, unknown))
                                .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(name, unknown) <= Math.max(1, name.length() / 3));
    }

    /**
     * Insertions, deletions, replacements and swaps of neighbours that turn one name into the other
     * (optimal string alignment, after Damerau 1964).
     */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
