package io.sluice.demo.broker;

/** A broker did not start. The message is one line for the user: what was wrong and what to do. */
public final class BrokerStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Says what was wrong and what to do, and keeps the exception that tells more. */
    public BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says what was wrong and what to do. */
    public BrokerStartException(String message) {
        super(message);
    }
}
