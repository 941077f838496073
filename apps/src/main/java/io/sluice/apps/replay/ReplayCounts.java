package io.sluice.apps.replay;

/**
 * What has become of all that was to be sent.
 *
 * @param requests each request once
 * @param duplicates second copies of requests
 * @param cancels orders to end a request
 * @param prompts prompts written apart from their requests
 * @param deviations where what was sent is not what the trace says
 */
public record ReplayCounts(
        SendCounts requests,
        SendCounts duplicates,
        SendCounts cancels,
        SendCounts prompts,
        Deviations deviations) {

    /**
     * Requests that were not sent, or not as the trace has them.
     *
     * @param oversized not sent: larger than their topic takes
     * @param stopped not sent: read, but not sent yet when the replay was stopped
     * @param unordered sent, but without the requests that the trace has them wait for
     */
    public record Deviations(long oversized, long stopped, long unordered) {}

    /** Requests, duplicates and cancels that did not get to the broker. */
    public long failed() {
        return requests.failed() + duplicates.failed() + cancels.failed();
    }

    /** Records of all kinds whose fate is open. */
    public long inFlight() {
        return requests.inFlight()
                + duplicates.inFlight()
                + cancels.inFlight()
                + prompts.inFlight();
    }
}
