package io.sluice.schemas;

import java.util.regex.Pattern;

/**
 * What the names of all topics of one installation begin with, so that several can share a broker.
 *
 * @param value the prefix as it is, with its separator; may be empty
 */
public record TopicPrefix(String value) {
    /** Kafka allows names of 249 characters; the longest suffix and room for more are kept free. */
    private static final int MAX_LENGTH = 200;

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]*");

    /** The prefix unless another is configured. */
    public static final TopicPrefix DEFAULT = new TopicPrefix("inference.");

    /**
     * Checks the prefix.
     *
     * @throws IllegalArgumentException if no topic can be named so
     */
    public TopicPrefix {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix '%s' has a character other than a-z, A-Z, 0-9, '.', '_' and '-'"
                            .formatted(value));
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "topic prefix of %d characters is too long: at most %d"
                            .formatted(value.length(), MAX_LENGTH));
        }
    }
}
