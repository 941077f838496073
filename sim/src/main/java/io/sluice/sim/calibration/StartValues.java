package io.sluice.sim.calibration;

import java.util.List;

/**
 * Coefficients to begin with, from a log alone: a median step, shared out among its terms as they
 * usually are. Any values of the right order lead to the same end.
 */
final class StartValues {
    private static final double FALLBACK_STEP_SECONDS = 0.02;

    private StartValues() {}

    static double[] of(MeasuredLog log, StepCostForm form) {
        double step = log.medianTpotSeconds().orElse(FALLBACK_STEP_SECONDS);
        double running = Math.max(1, meanRunning(log));
        double context =
                log.requests().stream()
                        .mapToDouble(
                                r ->
                                        r.request().promptTokens()
                                                + r.request().producedTokens() / 2.0)
                        .average()
                        .orElse(1_000);
        return form.terms().stream()
                .mapToDouble(
                        term ->
                                switch (term) {
                                    case STEP -> step / 3;
                                    case PREFILL_TOKEN -> prefillToken(log);
                                    case DECODE -> step / 6 / running;
                                    case CONTEXT_TOKEN -> step / 3 / (running * context);
                                    case MIXED_CONTEXT_TOKEN, MIXED_STEP -> 0;
                                })
                .toArray();
    }

    private static double meanRunning(MeasuredLog log) {
        double busy =
                log.requests().stream()
                        .filter(MeasuredRequest::hasTpot)
                        .mapToDouble(MeasuredRequest::outputSeconds)
                        .sum();
        return busy / Math.max(1e-3, log.endNanos() * 1e-9);
    }

    /** Half of what the fastest quarter of the first tokens took for each token of the prompt. */
    private static double prefillToken(MeasuredLog log) {
        List<Double> perToken =
                log.requests().stream()
                        .filter(r -> r.firstTokenNanos().isPresent())
                        .map(r -> r.ttftSeconds() / r.request().promptTokens())
                        .sorted()
                        .toList();
        double quarter = perToken.isEmpty() ? 1e-4 : perToken.get(perToken.size() / 4);
        return Math.min(1e-2, quarter / 2);
    }
}
