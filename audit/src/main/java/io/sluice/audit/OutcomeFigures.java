package io.sluice.audit;

import java.util.Map;

/**
 * How many requests there were, and how they ended.
 *
 * @param submitted requests, each counted once
 * @param repeatedSubmissions records that submit a request once more
 * @param outcomes requests that have ended, by how
 * @param writtenAgain outcomes that are there once more, byte for byte
 * @param open requests without an outcome
 * @param deadLetters records that are kept because they could not be read or made no sense
 */
public record OutcomeFigures(
        long submitted,
        long repeatedSubmissions,
        Map<String, Long> outcomes,
        long writtenAgain,
        long open,
        long deadLetters) {

    /** Copies the map. */
    public OutcomeFigures {
        outcomes = Map.copyOf(outcomes);
    }
}
