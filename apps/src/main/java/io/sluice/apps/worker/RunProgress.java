package io.sluice.apps.worker;

/**
 * How far a run that goes on has come.
 *
 * @param ttftMillis milliseconds from submission to the first token
 * @param outputTokens tokens so far, at least 1
 */
record RunProgress(double ttftMillis, int outputTokens) {

    /** Whether the first token is the latest. */
    boolean isFirstToken() {
        return outputTokens == 1;
    }
}
