package io.sluice.apps.trace;

/** Why a row of a trace did not become a request; a closed set, for counting. */
public enum RejectReason {
    /**
     * Not a row of the format: broken JSON, wrong number of fields, undecodable bytes, an over-long
     * line.
     */
    MALFORMED("malformed row"),
    /** A field that the format requires is absent or empty. */
    MISSING_FIELD("missing field"),
    /** A number or a time cannot be read. */
    UNREADABLE_VALUE("unreadable value"),
    /** A length below zero. */
    NEGATIVE("negative length"),
    /** A length or time beyond anything real. */
    IMPLAUSIBLE("implausible value"),
    /** A prompt of no tokens: there is nothing to run. */
    ZERO_PROMPT("empty prompt"),
    /** An answer of no tokens: in recorded traffic a request that failed. */
    ZERO_OUTPUT("empty output"),
    /** A conversation in which no user speaks. */
    NO_USER_MESSAGE("no user message");

    private final String words;

    RejectReason(String words) {
        this.words = words;
    }

    /** The reason in words, for people. */
    public String words() {
        return words;
    }
}
