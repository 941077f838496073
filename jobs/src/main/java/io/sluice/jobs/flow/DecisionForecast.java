package io.sluice.jobs.flow;

import io.sluice.core.kernel.RouterEffect.Expected;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.prediction.RunForecast;

/**
 * What was predicted of a request and its run; what is not known is absent.
 *
 * @param outputTokens its output, 0 if absent
 * @param startMillis when its run starts, -1 if absent
 * @param finishMillis when it ends, -1 if absent
 * @param ttftMillis milliseconds from submission to its first token; {@link Double#NaN} if absent
 * @param serviceMillis milliseconds from start to last token, likewise
 */
public record DecisionForecast(
        int outputTokens,
        long startMillis,
        long finishMillis,
        double ttftMillis,
        double serviceMillis) {

    /** What is predicted of a run to come. */
    public static DecisionForecast of(PendingRequest request, RunForecast run) {
        return new DecisionForecast(
                request.predictedOutputTokens(),
                run.startMillis(),
                run.finishMillis(),
                run.ttftMillis(request),
                run.serviceMillis());
    }

    /** What had been predicted of a request that has ended. */
    public static DecisionForecast of(Expected expected) {
        return new DecisionForecast(
                expected.outputTokens(), -1, -1, Double.NaN, expected.serviceMillis());
    }
}
