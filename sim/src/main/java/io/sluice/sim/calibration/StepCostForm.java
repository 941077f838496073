package io.sluice.sim.calibration;

import io.sluice.sim.engine.LinearStepCost;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which terms a fitted step cost has. A constant is always one of them, since a step takes time
 * whatever it computes.
 */
public final class StepCostForm {
    /** Constant, prompt tokens and summed context: as few as tell ramp, plateau and drain apart. */
    public static final StepCostForm THREE_TERMS =
            new StepCostForm(
                    EnumSet.of(StepTerm.STEP, StepTerm.PREFILL_TOKEN, StepTerm.CONTEXT_TOKEN));

    /** And one per decoding request. */
    public static final StepCostForm FOUR_TERMS = THREE_TERMS.with(StepTerm.DECODE);

    /** And the context once more in mixed steps: the form that hardware tables have. */
    public static final StepCostForm FIVE_TERMS = FOUR_TERMS.with(StepTerm.MIXED_CONTEXT_TOKEN);

    private static final double PICOS = 1e-12;
    private static final double SHORTEST_STEP_SECONDS = 1e-6;

    private final List<StepTerm> terms;

    private StepCostForm(Set<StepTerm> terms) {
        this.terms = List.copyOf(EnumSet.copyOf(terms));
    }

    /**
     * A form of chosen terms, in any order.
     *
     * @throws IllegalArgumentException if the constant is not among them
     */
    public static StepCostForm of(Set<StepTerm> terms) {
        if (!terms.contains(StepTerm.STEP)) {
            throw new IllegalArgumentException(
                    "step cost form: the term %s is missing, every step takes time"
                            .formatted(StepTerm.STEP.key()));
        }
        return new StepCostForm(terms);
    }

    /**
     * Reads a number of terms, 3 to 5, or a list of them such as {@code
     * step,prefill-token,context-token}.
     *
     * @throws IllegalArgumentException naming the choices
     */
    public static StepCostForm parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "3" -> THREE_TERMS;
            case "4" -> FOUR_TERMS;
            case "5" -> FIVE_TERMS;
            default -> ofKeys(text);
        };
    }

    private static StepCostForm ofKeys(String text) {
        EnumSet<StepTerm> terms = EnumSet.noneOf(StepTerm.class);
        for (String key : text.split(",", -1)) {
            terms.add(term(key.strip().toLowerCase(Locale.ROOT)));
        }
        return of(terms);
    }

    private static StepTerm term(String key) {
        return Arrays.stream(StepTerm.values())
                .filter(term -> term.key().equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no step cost term \"%s\"; choose 3, 4, 5 or some of %s"
                                                .formatted(key, keys(StepTerm.values()))));
    }

    private static String keys(StepTerm... terms) {
        return Arrays.stream(terms).map(StepTerm::key).collect(Collectors.joining(","));
    }

    /** This form and one more term. */
    public StepCostForm with(StepTerm term) {
        EnumSet<StepTerm> more = EnumSet.copyOf(terms);
        more.add(term);
        return new StepCostForm(more);
    }

    /** This form with only those terms of which some steps have any, and the constant. */
    StepCostForm seenIn(List<StepSums> steps) {
        EnumSet<StepTerm> seen = EnumSet.of(StepTerm.STEP);
        for (StepTerm term : terms) {
            if (steps.stream().anyMatch(sums -> term.count(sums) > 0)) {
                seen.add(term);
            }
        }
        return new StepCostForm(seen);
    }

    /** The terms, in the order in which coefficients are given. */
    public List<StepTerm> terms() {
        return terms;
    }

    /** The counts that the coefficients are multiplied with. */
    double[] row(StepSums sums) {
        return terms.stream().mapToDouble(term -> term.count(sums)).toArray();
    }

    /**
     * The step cost of these coefficients. A constant that a fit drove to 0 becomes a microsecond:
     * a step takes time.
     *
     * @param seconds one for each term
     */
    public LinearStepCost cost(double[] seconds) {
        LinearStepCost cost =
                LinearStepCost.ofStep(
                        Math.max(SHORTEST_STEP_SECONDS, value(seconds, StepTerm.STEP)));
        return cost.withPrefillToken(value(seconds, StepTerm.PREFILL_TOKEN))
                .withDecode(value(seconds, StepTerm.DECODE))
                .withContextToken(value(seconds, StepTerm.CONTEXT_TOKEN))
                .withMixedContextToken(value(seconds, StepTerm.MIXED_CONTEXT_TOKEN))
                .withMixedStep(value(seconds, StepTerm.MIXED_STEP));
    }

    /** Coefficients, those that no step cost may have brought down to what it may. */
    double[] possible(double[] seconds) {
        double[] possible = seconds.clone();
        for (int i = 0; i < possible.length; i++) {
            possible[i] = Math.min(possible[i], most(terms.get(i)));
        }
        return possible;
    }

    private static double most(StepTerm term) {
        return switch (term) {
            case STEP, DECODE, MIXED_STEP -> LinearStepCost.MAX_STEP_SECONDS;
            case PREFILL_TOKEN -> LinearStepCost.MAX_PREFILL_TOKEN_SECONDS;
            case CONTEXT_TOKEN, MIXED_CONTEXT_TOKEN -> LinearStepCost.MAX_CONTEXT_TOKEN_SECONDS;
        };
    }

    /** The coefficients of a step cost in seconds; terms that the form lacks are left out. */
    public double[] coefficients(LinearStepCost cost) {
        return terms.stream().mapToDouble(term -> picos(cost, term) * PICOS).toArray();
    }

    private double value(double[] seconds, StepTerm term) {
        int index = terms.indexOf(term);
        return index < 0 ? 0 : seconds[index];
    }

    private static long picos(LinearStepCost cost, StepTerm term) {
        return switch (term) {
            case STEP -> cost.stepPicos();
            case PREFILL_TOKEN -> cost.prefillTokenPicos();
            case DECODE -> cost.decodePicos();
            case CONTEXT_TOKEN -> cost.contextTokenPicos();
            case MIXED_CONTEXT_TOKEN -> cost.mixedContextTokenPicos();
            case MIXED_STEP -> cost.mixedStepPicos();
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StepCostForm that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return keys(terms.toArray(StepTerm[]::new));
    }
}
