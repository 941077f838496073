package io.sluice.apps.trace.file;

/** What to do with a prompt or an answer of no tokens. */
public enum ZeroLengths {
    /**
     * Refuse the row, counted: an empty prompt cannot run, an empty answer is a failed request. The
     * default.
     */
    REJECT,
    /** Take it as one token, counted. */
    RAISE_TO_ONE
}
