package io.sluice.wire;

import io.sluice.core.latency.LatencyMeasures;
import io.sluice.core.latency.SlaLabels;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;
import io.sluice.core.slo.SloRequest;
import io.sluice.schemas.avro.RequestOutcome;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an outcome adds to latency and attainment. The windows are made of it, and whoever checks or
 * reports them must understand the same.
 */
public final class Outcomes {

    private static final Map<String, Outcome> BY_NAME =
            Stream.of(Outcome.values())
                    .collect(Collectors.toUnmodifiableMap(Outcome::wireName, outcome -> outcome));

    private Outcomes() {}

    /** How the request ended, what was measured of it, what it was promised, and its length. */
    public static SlaSample sample(RequestOutcome outcome) {
        return new SlaSample(
                ending(outcome.getOutcome().name()),
                new LatencyMeasures(
                        measured(outcome.getQueueWaitMs()),
                        measured(outcome.getTtftMs()),
                        measured(outcome.getTpotMs()),
                        measured(outcome.getE2eMs())),
                new SloTarget(
                        target(outcome.getSloTtftMs()),
                        target(outcome.getSloTpotMs()),
                        target(outcome.getSloE2eMs())),
                new SlaSample.Tokens(
                        tokens(outcome.getInputTokens()), tokens(outcome.getOutputTokens())));
    }

    /** What the request is grouped by. */
    public static SlaLabels labels(RequestOutcome outcome) {
        return new SlaLabels(
                outcome.getInstanceId(),
                outcome.getModel(),
                outcome.getFairnessId(),
                outcome.getPriority());
    }

    /** The request as objectives look at it. */
    public static SloRequest request(RequestOutcome outcome) {
        return new SloRequest(
                sample(outcome),
                labels(outcome),
                outcome.getServiceTier(),
                deadlineMillis(outcome));
    }

    /**
     * Milliseconds from submission to its deadline, both in the words of the outcome; NaN if it has
     * none.
     */
    public static double deadlineMillis(RequestOutcome outcome) {
        return outcome.getDeadline() == null || outcome.getSubmittedAt() == null
                ? Double.NaN
                : outcome.getDeadline().toEpochMilli() - outcome.getSubmittedAt().toEpochMilli();
    }

    private static Outcome ending(String name) {
        return Optional.ofNullable(BY_NAME.get(name))
                .orElseThrow(() -> new IllegalStateException("No outcome is named " + name));
    }

    private static double measured(@Nullable Number millis) {
        return millis == null ? Double.NaN : millis.doubleValue();
    }

    /**
     * An outcome repeats what its request said. A target that is none was the reason for its
     * rejection, not a target.
     */
    private static double target(@Nullable Double millis) {
        boolean usable = millis != null && millis > 0 && !Double.isInfinite(millis);
        return usable ? millis : Double.NaN;
    }

    /** Likewise, a negative length is that of a request rejected for it. */
    private static long tokens(@Nullable Integer count) {
        return count == null ? 0 : Math.max(0, count);
    }
}
