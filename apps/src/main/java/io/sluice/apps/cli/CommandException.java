package io.sluice.apps.cli;

import org.jspecify.annotations.Nullable;

/**
 * A command cannot do what it was asked to. The message is the one line that the user reads: what
 * was wrong, where, and what to do.
 */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A failure that nothing else explains. */
    public CommandException(String message) {
        super(message);
    }

    /** A failure, and what is behind it, for those who ask for stack traces. */
    public CommandException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
