package io.sluice.sim.calibration;

import io.sluice.sim.engine.LinearStepCost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A step cost that was fitted, and how far it can be trusted.
 *
 * @param form its terms
 * @param terms their coefficients, in the order of the form
 * @param quality how well they explain the data
 * @param notes what cannot be told from the data, for people
 */
public record FittedCost(
        StepCostForm form, List<FittedTerm> terms, FitQuality quality, List<String> notes) {

    /** Correlations beyond this mean that two coefficients are known only together. */
    private static final double TOGETHER = 0.9;

    /** Condition numbers beyond this mean that some coefficient is hardly known. */
    private static final double BADLY_CONDITIONED = 50;

    /** Keeps its own copy of the lists. */
    public FittedCost {
        terms = List.copyOf(terms);
        notes = List.copyOf(notes);
    }

    static FittedCost of(
            StepCostForm form,
            double[] seconds,
            double[] floors,
            Spread spread,
            FitQuality quality) {
        List<FittedTerm> terms = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            terms.add(
                    new FittedTerm(
                            form.terms().get(i), seconds[i], spread.standardError(i), floors[i]));
        }
        return new FittedCost(form, terms, quality, notes(terms, spread, quality));
    }

    /** The coefficients as the engine takes them. */
    public LinearStepCost cost() {
        return form.cost(seconds());
    }

    /** The coefficients in seconds, in the order of the form. */
    public double[] seconds() {
        return terms.stream().mapToDouble(FittedTerm::seconds).toArray();
    }

    private static List<String> notes(List<FittedTerm> terms, Spread spread, FitQuality quality) {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            FittedTerm term = terms.get(i);
            if (term.atFloor()) {
                notes.add("%s is at its lower bound".formatted(term.term().key()));
            } else if (term.standardError() > term.seconds()) {
                notes.add("%s is not told from 0".formatted(term.term().key()));
            }
            for (int j = 0; j < i; j++) {
                double correlation = spread.correlation(i, j);
                if (Math.abs(correlation) > TOGETHER) {
                    notes.add(
                            String.format(
                                    Locale.ROOT,
                                    "%s and %s are known only together (correlation %.2f)",
                                    terms.get(j).term().key(),
                                    term.term().key(),
                                    correlation));
                }
            }
        }
        if (quality.conditionNumber() > BADLY_CONDITIONED) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "the data hardly tells some terms apart (condition number %.0f): trust their sum in batches"
                                    + " like the measured ones, not each alone",
                            quality.conditionNumber()));
        }
        return notes;
    }
}
