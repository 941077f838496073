package io.sluice.apps.trace;

/** What was done to accepted requests that a reader of results must know; each is counted. */
public enum TraceNote {
    /** The prompt's length was estimated from its text. */
    PROMPT_ESTIMATED("prompt lengths estimated from text"),
    /** The output's length was estimated from the recorded answer's text. */
    OUTPUT_ESTIMATED("output lengths estimated from text"),
    /** No answer was recorded: the output's length was drawn. */
    OUTPUT_DRAWN("output lengths drawn (no answer recorded)"),
    /**
     * The answer may have been cut off when it was recorded: its length is that of the cut, not one
     * that a model chose.
     */
    OUTPUT_MAYBE_CUT("answers that may have been cut off when recorded"),
    /** Lengths were recorded in words. */
    CONVERTED_FROM_WORDS("lengths converted from words"),
    /** A length of zero was raised to one, as asked for. */
    ZERO_RAISED("zero lengths raised to 1"),
    /** The recorded time lay before the previous request's: it arrives together with that one. */
    ARRIVAL_OUT_OF_ORDER("arrivals out of order, moved to the one before"),
    /** The block hashes do not fit the prompt's length and were left out. */
    PREFIX_DROPPED("block hashes dropped (do not fit the prompt)"),
    /** The request it continues was not accepted, or too long ago: it waits for nothing. */
    PREDECESSOR_UNKNOWN("predecessors not in the trace"),
    /** The conversation starts with an answer, which was skipped. */
    LEADING_ANSWER_SKIPPED("conversations starting with an answer");

    private final String words;

    TraceNote(String words) {
        this.words = words;
    }

    /** The note in words, for people; a count goes before it. */
    public String words() {
        return words;
    }
}
