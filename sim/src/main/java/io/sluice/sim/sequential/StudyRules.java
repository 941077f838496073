package io.sluice.sim.sequential;

import io.sluice.sim.engine.StudyCoefficients;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Arithmetic of a version of the study's program. */
final class StudyRules {

    private static final double MOST_SCALED = 1L << 50;
    private static final double SURELY_NOT_HALF = 0.4;

    private final SequentialCost cost;
    private final Version version;
    private final int decimals;
    private final double scale;

    /**
     * The rules of a version.
     *
     * @param cost what work takes; the study's formulas divide by two of its coefficients
     * @param version which formulas
     * @param decimals every time is rounded to these when it is kept
     */
    private StudyRules(SequentialCost cost, Version version, int decimals) {
        requireDivisors(cost.compute());
        this.cost = cost;
        this.version = version;
        this.decimals = decimals;
        this.scale = BigDecimal.TEN.pow(decimals).doubleValue();
    }

    private static void requireDivisors(StudyCoefficients compute) {
        if (compute.contextTokenSeconds() <= 0 || compute.prefillSquareSeconds() <= 0) {
            throw new IllegalArgumentException(
                    "the study's rules need a time per context token and per squared prompt token"
                            + " above 0, not %s s and %s s"
                                    .formatted(
                                            compute.contextTokenSeconds(),
                                            compute.prefillSquareSeconds()));
        }
    }

    /** Versions differ in what they keep of an interrupted request, and in a slip. */
    enum Version {
        /** Of 23 December 2024. */
        DECEMBER,
        /** Of 14 January 2025, which the published results were made with. */
        JANUARY
    }

    /** The program of 14 January 2025, on a GPU. */
    static StudyRules january(SequentialCost cost) {
        return new StudyRules(cost, Version.JANUARY, 10);
    }

    /** The program of 23 December 2024, with its own coefficients. */
    static StudyRules december() {
        StudyCoefficients coefficients = new StudyCoefficients(0.005, 0, 0.01, 0, 0.015);
        return new StudyRules(SequentialCost.of(coefficients), Version.DECEMBER, 3);
    }

    SequentialCost cost() {
        return cost;
    }

    /** To the nearest decimal, half to even, of the number's exact value. */
    double round(double seconds) {
        double scaled = seconds * scale;
        double whole = Math.rint(scaled);
        // Far enough from half-way, the error of the product does not matter.
        if (Math.abs(scaled) < MOST_SCALED && Math.abs(scaled - whole) < SURELY_NOT_HALF) {
            return whole / scale;
        }
        return new BigDecimal(seconds).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
    }

    double prefill(double tokens) {
        return round(cost.prefill(tokens));
    }

    double decode(double context, double tokens) {
        return round(cost.decode(context, tokens));
    }

    /** Share of a prompt whose keys and values are put aside when a request is interrupted. */
    double cachedShare(int promptTokens) {
        double p = promptTokens;
        double c1 = cost.compute().prefillSquareSeconds();
        double load = cost.loadSeconds();
        if (version == Version.DECEMBER) {
            return Math.max(0, 1 - load / (2 * c1));
        }
        double share = (load - cost.compute().prefillTokenSeconds() * p) / (2 * c1 * p * p);
        // A share already; dividing by the prompt once more is the study's slip.
        return Math.max(0, Math.min(1, share)) / p;
    }

    /** Most output tokens whose keys and values are put aside. */
    int cachedTokens(int predictedTokens) {
        double a = cost.compute().contextTokenSeconds();
        double b = cost.compute().decodeSeconds();
        double load = cost.loadSeconds();
        if (version == Version.DECEMBER) {
            return Math.max(0, predictedTokens - (int) Math.floor(load / a));
        }
        return Math.max(0, (int) ((load - a * predictedTokens - (a + 2 * b) / 2) / (2 * a)));
    }

    /** Whole output tokens made in a time of decoding behind a prompt. */
    int tokensMade(int promptTokens, double seconds) {
        double extra = version == Version.JANUARY ? cost.compute().contextTokenSeconds() : 0;
        return cost.tokensWithin(promptTokens, seconds - extra);
    }
}
