package io.sluice.core.model;

/**
 * A run that a worker has accepted and not yet reported terminal, as its heartbeat lists it.
 *
 * @param run the run
 * @param reservedTokens KV tokens that it is expected to hold at its end
 * @param priority priority of the request
 * @param progress how far it has come
 */
public record AcceptedRun(RunId run, long reservedTokens, int priority, Progress progress) {

    /** A run of which no progress is known. */
    public AcceptedRun(RunId run, long reservedTokens, int priority) {
        this(run, reservedTokens, priority, Progress.NONE);
    }

    /** The same run, further on. */
    public AcceptedRun at(Progress other) {
        return new AcceptedRun(run, reservedTokens, priority, other);
    }
}
