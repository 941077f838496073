package io.sluice.demo.cluster;

/** A Flink cluster did not start. The message is for the user: what was wrong and what to do. */
public final class ClusterStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Says what was wrong and what to do, and keeps the exception that tells more. */
    public ClusterStartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says what was wrong and what to do. */
    public ClusterStartException(String message) {
        super(message);
    }
}
