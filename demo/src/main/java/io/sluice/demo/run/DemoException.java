package io.sluice.demo.run;

import org.jspecify.annotations.Nullable;

/** The demo cannot go on. The message is the one line that the user reads. */
public final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A failure that nothing else explains. */
    public DemoException(String message) {
        super(message);
    }

    /** A failure, and what is behind it. */
    public DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
