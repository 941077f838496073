package io.sluice.core.slo;

import io.sluice.core.latency.Attainment;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.latency.SloVerdict;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A service level objective: which share of which requests is to keep which promise, over which
 * time.
 *
 * @param id its name: letters, digits, '.', '_' and '-', at most {@value #MAX_ID}
 * @param selector requests it is about
 * @param per {@link SloScope#ALL} if it is reckoned once, otherwise what it is reckoned for each
 *     value of
 * @param promise what each of them is to keep
 * @param goal how many are to, and over which time
 */
public record SloObjective(
        String id, SloSelector selector, SloScope per, Promise promise, Goal goal) {

    /** Longest name. */
    public static final int MAX_ID = 64;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_ID + "}");
    private static final Duration LONGEST_PERIOD = Duration.ofDays(366);

    /** Rejects a name that cannot be part of a key. */
    public SloObjective {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id '%s' must be 1 to %d characters of a-z, A-Z, 0-9, '.', '_' and '-'"
                            .formatted(id, MAX_ID));
        }
    }

    /**
     * What a request is to keep.
     *
     * @param indicator the promise
     * @param thresholdMillis longest latency that keeps it, milliseconds (for TPOT per token); NaN
     *     where each request's own target holds
     */
    public record Promise(Indicator indicator, double thresholdMillis) {

        /** Rejects a threshold that is none, or that the indicator has no use for. */
        public Promise {
            boolean absent = Double.isNaN(thresholdMillis);
            if (!absent && (thresholdMillis <= 0 || Double.isInfinite(thresholdMillis))) {
                throw new IllegalArgumentException(
                        "threshold_ms = %s must be a positive number of milliseconds"
                                .formatted(thresholdMillis));
            }
            if (!absent && indicator.measure().isEmpty()) {
                throw new IllegalArgumentException(
                        "threshold_ms = %s has no meaning for indicator %s, which compares no latency"
                                .formatted(thresholdMillis, indicator));
            }
            if (absent && indicator == Indicator.QUEUE_WAIT) {
                throw new IllegalArgumentException(
                        "threshold_ms is required for QUEUE_WAIT: no request carries a target for it");
            }
        }
    }

    /**
     * How many are to keep it, and over which time.
     *
     * @param target share of the requests, above 0 and below 1
     * @param periodMillis time over which the error budget is reckoned, back from now
     */
    public record Goal(double target, long periodMillis) {

        /** Rejects a share that leaves no budget or asks for nothing, and a period that is none. */
        public Goal {
            if (!(target > 0 && target < 1)) {
                throw new IllegalArgumentException(
                        "target = %s must be a share above 0 and below 1, such as 0.99: at 1 there would be no error budget"
                                .formatted(target));
            }
            if (periodMillis <= 0 || periodMillis > LONGEST_PERIOD.toMillis()) {
                throw new IllegalArgumentException(
                        "period = %d ms must be above 0 and at most %d days"
                                .formatted(periodMillis, LONGEST_PERIOD.toDays()));
            }
        }

        /** Share of the requests that may break the promise. */
        public double budget() {
            return 1 - target;
        }
    }

    /**
     * What a request that the selector chooses means for this objective.
     *
     * <ul>
     *   <li>What the client itself ended or broke, {@code EvictedContextCancelled} and {@code
     *       RejectedInvalid}, is out of account.
     *   <li>A request without what the promise is about is out of account: without a deadline for
     *       {@link Indicator#DEADLINE}, without any target for {@link Indicator#JOINT}, without its
     *       own target where the objective names no threshold.
     *   <li>Any other request that did not complete is bad, whatever the promise: refusing work
     *       never improves an objective.
     *   <li>A completed one is good if it kept the promise. A latency that was not reported, or
     *       cannot be right, did not; fewer than two output tokens keep any TPOT.
     * </ul>
     */
    public Judgement judge(SloRequest request) {
        SlaSample sample = request.sample();
        if (isTheClientsDoing(sample.outcome())) {
            return Judgement.EXCLUDED;
        }
        return switch (attainment(request)) {
            case NO_TARGET -> Judgement.EXCLUDED;
            case MET -> Judgement.GOOD;
            case MISSED -> Judgement.BAD;
        };
    }

    /** Whether counts that were made for the other objective are counts of this one, too. */
    public boolean countsLike(SloObjective other) {
        return id.equals(other.id)
                && selector.equals(other.selector)
                && per == other.per
                && promise.equals(other.promise);
    }

    /** The objective for people, such as {@code 99 % of requests with TTFT within 500 ms}. */
    public String inWords() {
        String share = trimmed(goal.target() * 100);
        String threshold =
                Double.isNaN(promise.thresholdMillis())
                        ? "within its own target"
                        : "within %s ms".formatted(trimmed(promise.thresholdMillis()));
        return switch (promise.indicator()) {
            case SUCCESS -> share + " % of requests completed";
            case DEADLINE -> share + " % of requests completed by their deadline";
            case JOINT -> share + " % of requests completed within all their targets";
            default ->
                    "%s %% of requests with %s %s".formatted(share, promise.indicator(), threshold);
        };
    }

    private static String trimmed(double value) {
        String text = "%.4f".formatted(value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private static boolean isTheClientsDoing(Outcome outcome) {
        return outcome == Outcome.EVICTED_CONTEXT_CANCELLED || outcome == Outcome.REJECTED_INVALID;
    }

    private Attainment attainment(SloRequest request) {
        SlaSample sample = request.sample();
        return switch (promise.indicator()) {
            case SUCCESS -> met(sample.completed());
            case DEADLINE -> byDeadline(request);
            case JOINT -> SloVerdict.of(sample).joint();
            case QUEUE_WAIT ->
                    met(
                            sample.completed()
                                    && SloTarget.isMet(
                                            sample.latencies().queueWaitMillis(),
                                            promise.thresholdMillis()));
            case TTFT -> SloVerdict.of(withThreshold(sample)).ttft();
            case TPOT -> SloVerdict.of(withThreshold(sample)).tpot();
            case E2E -> SloVerdict.of(withThreshold(sample)).e2e();
        };
    }

    private static Attainment byDeadline(SloRequest request) {
        double deadline = request.deadlineMillis();
        if (Double.isNaN(deadline)) {
            return Attainment.NO_TARGET;
        }
        SlaSample sample = request.sample();
        return met(sample.completed() && SloTarget.isMet(sample.latencies().e2eMillis(), deadline));
    }

    /** The request as if it had asked for what the objective promises to all. */
    private SlaSample withThreshold(SlaSample sample) {
        double threshold = promise.thresholdMillis();
        return Double.isNaN(threshold)
                ? sample
                : new SlaSample(
                        sample.outcome(),
                        sample.latencies(),
                        new SloTarget(threshold, threshold, threshold),
                        sample.tokens());
    }

    private static Attainment met(boolean kept) {
        return kept ? Attainment.MET : Attainment.MISSED;
    }
}
