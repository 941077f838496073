package io.sluice.core.prediction;

import java.util.Arrays;

/**
 * Kendall's rank correlation tau-b: how well one list of numbers orders the things that another
 * list is about, from 1 (the same order) over 0 (no relation) to -1 (the reverse order). Ties are
 * allowed in both: tau-b is {@code (C - D) / sqrt((N - X) (N - Y))} with C concordant and D
 * discordant pairs, N pairs in all, and X and Y pairs that are tied in the first and in the second
 * list.
 *
 * <p>It takes the numbers themselves, not the positions that sorting them would give. Time is O(n
 * log n) by Knight, "A computer method for calculating Kendall's tau with ungrouped data", JASA
 * 1966: discordant pairs are the exchanges of a merge sort.
 */
public final class KendallTau {

    private KendallTau() {}

    /**
     * Tau-b of two lists about the same things.
     *
     * @param first one number for each thing; any scale
     * @param second as many numbers, in the same order of things
     * @return -1 to 1, or NaN where there is no order to compare: fewer than two things, or a list
     *     in which all numbers are equal
     * @throws IllegalArgumentException if the lists differ in length or hold NaN
     */
    public static double tauB(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "tau compares lists of the same length, not %d numbers with %d"
                            .formatted(first.length, second.length));
        }
        int[] x = ranks("first", first);
        int[] y = ranks("second", second);
        long[] pairs = sortedPairs(x, y);
        long all = pairsOf(first.length);
        long tiedX = tiedPairs(x);
        long tiedY = tiedPairs(y);
        long discordant = inversions(lowHalves(pairs));
        long difference = all - tiedX - tiedY + equalNeighbours(pairs) - 2 * discordant;
        // As doubles, because the product of two numbers of pairs may be too large for a long.
        return difference / Math.sqrt((double) (all - tiedX) * (double) (all - tiedY));
    }

    /** Dense ranks from 0; equal numbers have equal ranks. */
    private static int[] ranks(String name, double[] numbers) {
        double[] distinct = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            if (Double.isNaN(numbers[i])) {
                throw new IllegalArgumentException(
                        "tau: number %d of the %s list is NaN".formatted(i, name));
            }
            distinct[i] = positiveZero(numbers[i]);
        }
        Arrays.sort(distinct);
        int count = 0;
        for (double number : distinct) {
            if (count == 0 || distinct[count - 1] != number) {
                distinct[count++] = number;
            }
        }
        int[] ranks = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            ranks[i] = Arrays.binarySearch(distinct, 0, count, positiveZero(numbers[i]));
        }
        return ranks;
    }

    /** The two zeros are one number, though sorting tells them apart. */
    private static double positiveZero(double number) {
        return number + 0.0;
    }

    /** Both ranks of each thing in one long, sorted by the first rank and then by the second. */
    private static long[] sortedPairs(int[] x, int[] y) {
        long[] pairs = new long[x.length];
        for (int i = 0; i < x.length; i++) {
            pairs[i] = (long) x[i] << Integer.SIZE | y[i];
        }
        Arrays.sort(pairs);
        return pairs;
    }

    private static int[] lowHalves(long[] pairs) {
        int[] low = new int[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            low[i] = (int) pairs[i];
        }
        return low;
    }

    private static long pairsOf(long things) {
        return things * (things - 1) / 2;
    }

    private static long tiedPairs(int[] ranks) {
        int[] counts = new int[ranks.length];
        long tied = 0;
        for (int rank : ranks) {
            tied += counts[rank]++;
        }
        return tied;
    }

    /** Pairs that are tied in both lists; those stand side by side. */
    private static long equalNeighbours(long[] sorted) {
        long tied = 0;
        int run = 0;
        for (int i = 1; i < sorted.length; i++) {
            run = sorted[i] == sorted[i - 1] ? run + 1 : 0;
            tied += run;
        }
        return tied;
    }

    /** Pairs in which the earlier number is the larger one. Sorts the array, bottom up. */
    private static long inversions(int[] numbers) {
        int[] from = numbers;
        int[] to = new int[numbers.length];
        long count = 0;
        for (long width = 1; width < numbers.length; width *= 2) {
            for (long start = 0; start < numbers.length; start += 2 * width) {
                int middle = (int) Math.min(start + width, numbers.length);
                int end = (int) Math.min(start + 2 * width, numbers.length);
                count += merge(from, to, (int) start, middle, end);
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        return count;
    }

    private static long merge(int[] from, int[] to, int start, int middle, int end) {
        long count = 0;
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if (left < middle && (right == end || from[left] <= from[right])) {
                to[i] = from[left++];
            } else {
                to[i] = from[right++];
                count += middle - left;
            }
        }
        return count;
    }
}
