package io.sluice.core.prediction;

import io.sluice.core.model.PendingRequest;

/**
 * When a run is predicted to start, and how long it is predicted to take.
 *
 * @param startMillis when it starts
 * @param prefillMillis milliseconds from there to the first token; {@link Double#NaN} if an earlier
 *     run has made that
 * @param serviceMillis milliseconds from the start to the last token; never negative
 */
public record RunForecast(long startMillis, double prefillMillis, double serviceMillis) {

    /** The forecast of a run that starts at a time on hardware of some speed. */
    public static RunForecast of(long startMillis, PendingRequest request, ServiceModel service) {
        boolean begun = request.progress().generatedTokens() > 0;
        double prefill = begun ? Double.NaN : service.prefillMillis(request.inputTokens());
        return new RunForecast(startMillis, prefill, Math.max(0, service.serviceMillis(request)));
    }

    /** When the run ends. */
    public long finishMillis() {
        return startMillis + Math.round(serviceMillis);
    }

    /** Milliseconds from the submission of the request to its first token, or not a number. */
    public double ttftMillis(PendingRequest request) {
        return startMillis - request.submittedAtMillis() + prefillMillis;
    }
}
