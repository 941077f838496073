package io.sluice.core.latency;

import io.sluice.core.model.SloTarget;

/**
 * Which of its promises one finished request kept.
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A target that the request does not carry does not count.
 *   <li>A request that carries a target and did not complete missed it, however it ended: rejected,
 *       evicted, cancelled or failed. Otherwise a fleet would improve its attainment by refusing
 *       work.
 *   <li>A completed request met a target if its latency was measured and is at most the target. A
 *       latency that is missing or cannot be right counts as missed: a promise that cannot be shown
 *       to be kept is not kept.
 *   <li>Fewer than two output tokens have no time between them, so they meet any TPOT target.
 *   <li>Joint: met if every target that the request carries is met.
 * </ul>
 *
 * @param ttft time to first token
 * @param tpot time per output token after the first
 * @param e2e time to the last token
 */
public record SloVerdict(Attainment ttft, Attainment tpot, Attainment e2e) {

    /** Judges a finished request. */
    public static SloVerdict of(SlaSample sample) {
        SloTarget target = sample.target();
        LatencyMeasures measured = sample.latencies();
        boolean completed = sample.completed();
        double tpot = sample.tokens().output() < 2 ? 0 : measured.tpotMillis();
        return new SloVerdict(
                judge(completed, target.ttftMillis(), measured.ttftMillis()),
                judge(completed, target.tpotMillis(), tpot),
                judge(completed, target.e2eMillis(), measured.e2eMillis()));
    }

    /**
     * Whether every target that the request carries is met; {@link Attainment#NO_TARGET} if it
     * carries none.
     */
    public Attainment joint() {
        if (ttft == Attainment.MISSED || tpot == Attainment.MISSED || e2e == Attainment.MISSED) {
            return Attainment.MISSED;
        }
        boolean anyMet = ttft == Attainment.MET || tpot == Attainment.MET || e2e == Attainment.MET;
        return anyMet ? Attainment.MET : Attainment.NO_TARGET;
    }

    /**
     * Whether the request that this is the verdict on is goodput: completed, and no target that it
     * carries missed. One without targets counts.
     */
    public boolean isGoodput(SlaSample sample) {
        return sample.completed() && joint() != Attainment.MISSED;
    }

    /** The verdict on one indicator. */
    public Attainment on(SloIndicator indicator) {
        return switch (indicator) {
            case TTFT -> ttft;
            case TPOT -> tpot;
            case E2E -> e2e;
            case JOINT -> joint();
        };
    }

    private static Attainment judge(boolean completed, double target, double measured) {
        if (Double.isNaN(target)) {
            return Attainment.NO_TARGET;
        }
        return completed && SloTarget.isMet(measured, target) ? Attainment.MET : Attainment.MISSED;
    }
}
