package io.sluice.core.policy.preemption;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.Progress;
import io.sluice.core.policy.Exchange;
import io.sluice.core.policy.PreemptionPolicy;
import io.sluice.core.prediction.ServiceModel;

/**
 * Interrupts a run if the predicted gain exceeds the cost. With R the predicted time left, S the
 * cost of stopping a run, and L what the run must compute again to go on:
 *
 * <ul>
 *   <li>within a class it is the two-job test of semantic scheduling (arXiv 2506.12204, sequential
 *       mode): the running request makes way if the two together then wait less,
 *       <pre>2 (S + R(waiting)) + L + R(running)  &lt;  2 R(running) + R(waiting)</pre>
 *       that is, if what is gained, R(running) - R(waiting), exceeds 2 S + L;
 *   <li>for a more important class, if that would otherwise wait longer than the interruption costs
 *       the instance, R(running) &gt; S + L. There the study interrupts always; but a run that is
 *       about to end makes way sooner than it can be stopped. A run that has outlived its
 *       prediction is interrupted, since its end is not known;
 *   <li>for a less important class never.
 * </ul>
 *
 * <p>L is the time to compute again what the instance forgets: the prompt and the output so far.
 */
public final class TotalWait implements PreemptionPolicy {

    private final double stopMillis;

    /**
     * Creates the rule.
     *
     * @param stopMillis S, milliseconds that pass between the decision and the start of the other
     *     run; 0 or more
     */
    public TotalWait(double stopMillis) {
        if (!(stopMillis >= 0) || Double.isInfinite(stopMillis)) {
            throw new IllegalArgumentException(
                    "stop must be a time of 0 or more, got %s ms".formatted(stopMillis));
        }
        this.stopMillis = stopMillis;
    }

    @Override
    public String name() {
        return "total-wait";
    }

    @Override
    public Exchange weigh(PendingRequest waiting, PendingRequest running, ServiceModel service) {
        int ranks =
                Integer.compare(
                        PriorityBand.of(waiting.priority()).rank(),
                        PriorityBand.of(running.priority()).rank());
        if (ranks > 0) {
            return Exchange.NEVER;
        }
        double left = service.serviceMillis(running);
        double again = service.serviceMillis(forgotten(running)) - left;
        if (ranks < 0) {
            double gain = left <= 0 ? Double.POSITIVE_INFINITY : left;
            return new Exchange(gain, stopMillis + again);
        }
        return new Exchange(left - service.serviceMillis(waiting), 2 * stopMillis + again);
    }

    private static PendingRequest forgotten(PendingRequest running) {
        return running.withProgress(new Progress(running.progress().generatedTokens(), 0));
    }
}
