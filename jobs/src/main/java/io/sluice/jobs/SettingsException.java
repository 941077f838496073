package io.sluice.jobs;

/**
 * The settings of a job are wrong. The message names the key, the value and what to do; it is meant
 * for people.
 */
public final class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Settings that are wrong for the reason given. */
    public SettingsException(String message) {
        super(message);
    }

    /** Settings that are wrong for the reason given, found out by another exception. */
    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
