package io.sluice.demo.process;

/**
 * An awaited state did not come, or cannot come any more. A condition may throw it to end the wait
 * at once, for instance when the process it asks about has died.
 */
public final class AwaitException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Names the state that did not come, and why if that is known. */
    public AwaitException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Names the state that did not come. */
    public AwaitException(String message) {
        super(message);
    }
}
