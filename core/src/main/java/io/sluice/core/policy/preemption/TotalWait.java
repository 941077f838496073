package io.sluice.core.policy.preemption;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.Progress;
import io.sluice.core.policy.PreemptionPolicy;
import io.sluice.core.prediction.ServiceModel;

/**
 * The two-job test of semantic scheduling (arXiv 2506.12204, sequential mode): a more important
 * class always interrupts, a less important one never; within a class the running request makes way
 * if the two together then wait less. With R the predicted time left, S the cost of stopping the
 * run, and L what it must compute or load again to go on, that is
 *
 * <pre>2 (S + R(waiting)) + L(running) + R(running)  &lt;  2 R(running) + R(waiting)</pre>
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
    public boolean pays(PendingRequest waiting, PendingRequest running, ServiceModel service) {
        int ranks =
                Integer.compare(
                        PriorityBand.of(waiting.priority()).rank(),
                        PriorityBand.of(running.priority()).rank());
        if (ranks != 0) {
            return ranks < 0;
        }
        double left = service.serviceMillis(running);
        double newcomer = service.serviceMillis(waiting);
        double afterInterruption = service.serviceMillis(forgotten(running));
        return 2 * (stopMillis + newcomer) + afterInterruption < 2 * left + newcomer;
    }

    private static PendingRequest forgotten(PendingRequest running) {
        return running.withProgress(new Progress(running.progress().generatedTokens(), 0));
    }
}
