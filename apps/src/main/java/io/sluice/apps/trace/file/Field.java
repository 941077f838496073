package io.sluice.apps.trace.file;

/** What a row of a trace can say; every format is read into these columns, in this order. */
enum Field {
    ARRIVAL,
    PROMPT_TOKENS,
    OUTPUT_TOKENS,
    PREDICTED_TOKENS,
    MODEL,
    TENANT,
    SESSION,
    PRIORITY,
    ID,
    PARENT,
    PROMPT,
    PROMPT_INPUT,
    REPLY,
    /** Whether the answer was seen to end: {@code false} where it may have been cut off. */
    ANSWER_ENDED,
    HASH_IDS,
    /** A list of chat messages; in SQL two columns of equal length, speakers and texts. */
    MESSAGES;
}
