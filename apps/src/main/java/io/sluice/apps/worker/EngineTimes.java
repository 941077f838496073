package io.sluice.apps.worker;

/**
 * The phases of a finished run on the engine, from the moment its command came. Nanoseconds.
 *
 * @param queueNanos until it got a slot
 * @param prefillNanos from there to the first token
 * @param decodeNanos from there to the last
 * @param outputTokens tokens made
 */
record EngineTimes(long queueNanos, long prefillNanos, long decodeNanos, int outputTokens) {

    long ttftNanos() {
        return queueNanos + prefillNanos;
    }

    long inferenceNanos() {
        return prefillNanos + decodeNanos;
    }

    long e2eNanos() {
        return queueNanos + prefillNanos + decodeNanos;
    }
}
