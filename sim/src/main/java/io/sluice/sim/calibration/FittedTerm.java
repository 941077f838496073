package io.sluice.sim.calibration;

/**
 * One coefficient that was found.
 *
 * @param term what it is paid for
 * @param seconds its value
 * @param standardError how far off it may be, in seconds
 * @param floor the lower bound that it was given, in seconds
 */
public record FittedTerm(StepTerm term, double seconds, double standardError, double floor) {

    /** Whether the data would have it lower than the bound allows. */
    public boolean atFloor() {
        return seconds <= floor;
    }
}
