package io.sluice.core.model;

/**
 * How fast an instance serves one request in typical company, in milliseconds. A prompt of p tokens
 * takes {@code prefillPerSquaredToken * p^2 + prefillPerToken * p}; an output token that ends a
 * context of n tokens takes {@code decodePerContextToken * n + decodePerToken}. Zeros mean unknown.
 *
 * @param prefillPerToken for each prompt token
 * @param prefillPerSquaredToken for each squared prompt token: attention over long prompts
 * @param decodePerToken for each output token
 * @param decodePerContextToken for each output token and token of its context
 */
public record Speed(
        double prefillPerToken,
        double prefillPerSquaredToken,
        double decodePerToken,
        double decodePerContextToken) {

    /** Nothing is known. */
    public static final Speed UNKNOWN = new Speed(0, 0);

    /** Slowest that makes sense; beyond it sums of service times would not. */
    private static final double SLOWEST_MILLIS_PER_TOKEN = 1e9;

    /** Rejects figures that no machine has. */
    public Speed {
        require("prefill", prefillPerToken);
        require("prefill (squared)", prefillPerSquaredToken);
        require("decode", decodePerToken);
        require("decode (context)", decodePerContextToken);
    }

    /** A speed that does not depend on how long the context is. */
    public Speed(double prefillPerToken, double decodePerToken) {
        this(prefillPerToken, 0, decodePerToken, 0);
    }

    /** The speed of an instance that takes {@code factor} times as long. */
    public Speed times(double factor) {
        return new Speed(
                prefillPerToken * factor,
                prefillPerSquaredToken * factor,
                decodePerToken * factor,
                decodePerContextToken * factor);
    }

    /** Whether anything is known. */
    public boolean isKnown() {
        return prefillPerToken > 0 || decodePerToken > 0;
    }

    private static void require(String phase, double millisPerToken) {
        if (!(millisPerToken >= 0 && millisPerToken <= SLOWEST_MILLIS_PER_TOKEN)) {
            throw new IllegalArgumentException(
                    "%s time must be between 0 and %.0f ms per token, got %s"
                            .formatted(phase, SLOWEST_MILLIS_PER_TOKEN, millisPerToken));
        }
    }
}
