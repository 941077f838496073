package io.sluice.sim.protocol;

/**
 * The account of one run.
 *
 * @param submitted requests that were submitted, each counted once
 * @param answered of these, how many have a visible outcome
 * @param lost of these, how many have none
 * @param duplicateOutcomes of these, how many have outcomes that differ
 * @param runsStarted runs that engines started
 * @param wastedExecutions runs that reached their last token and that no outcome counts
 */
public record Totals(
        long submitted,
        long answered,
        long lost,
        long duplicateOutcomes,
        long runsStarted,
        long wastedExecutions) {

    /** Nothing yet. */
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Totals plus(Totals other) {
        return new Totals(
                submitted + other.submitted,
                answered + other.answered,
                lost + other.lost,
                duplicateOutcomes + other.duplicateOutcomes,
                runsStarted + other.runsStarted,
                wastedExecutions + other.wastedExecutions);
    }
}
