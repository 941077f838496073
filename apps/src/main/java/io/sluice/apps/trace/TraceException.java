package io.sluice.apps.trace;

/** A trace cannot be used; the message is one line that says which, why, and what to do. */
public final class TraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the whole story in the message. */
    public TraceException(String message) {
        super(message);
    }

    /** With the failure below, for {@code --debug}. */
    public TraceException(String message, Throwable cause) {
        super(message, cause);
    }
}
