package io.sluice.sim.result;

import io.sluice.sim.fleet.RequestResult;
import io.sluice.sim.fleet.RunListener;

/**
 * How soon a run has so many answers, and how many after so long: what counts where answers are
 * data and nobody waits for his own. A run that ended there would have the same.
 */
public final class AnswerCollector implements RunListener {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long wanted;
    private final long withinNanos;
    private long answers;
    private long within;
    private double firstSeconds = Double.NaN;

    /**
     * Nothing yet.
     *
     * @param wanted how many answers, 1 or more
     * @param withinNanos how long, from the start of the clock
     */
    public AnswerCollector(long wanted, long withinNanos) {
        if (wanted < 1 || withinNanos < 0) {
            throw new IllegalArgumentException(
                    "%d answers within %d ns: must be 1 or more, within 0 or more"
                            .formatted(wanted, withinNanos));
        }
        this.wanted = wanted;
        this.withinNanos = withinNanos;
    }

    @Override
    public void ended(RequestResult result) {
        if (!result.isCompleted()) {
            return;
        }
        answers++;
        if (answers == wanted) {
            firstSeconds = result.endedNanos() / NANOS_PER_SECOND;
        }
        if (result.endedNanos() <= withinNanos) {
            within++;
        }
    }

    /** What it came to. */
    public RunFigures.Answers figures() {
        return new RunFigures.Answers(firstSeconds, within);
    }
}
