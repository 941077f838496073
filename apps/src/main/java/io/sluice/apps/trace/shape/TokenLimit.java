package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.TraceException;

import java.util.OptionalInt;

/** The {@code max_tokens} that a client would have sent. */
public sealed interface TokenLimit {

    /** The client sets none. */
    record Unlimited() implements TokenLimit {
        @Override
        public OptionalInt maxTokens(int outputTokens) {
            return OptionalInt.empty();
        }

        @Override
        public String toString() {
            return "none";
        }
    }

    /** The same for every request: longer answers are cut there. */
    record Fixed(int tokens) implements TokenLimit {
        @Override
        public OptionalInt maxTokens(int outputTokens) {
            return OptionalInt.of(tokens);
        }

        @Override
        public String toString() {
            return String.valueOf(tokens);
        }
    }

    /**
     * A multiple of the true length, at least 1: what a client knows who guesses with some room.
     */
    record Factor(double factor) implements TokenLimit {
        @Override
        public OptionalInt maxTokens(int outputTokens) {
            return OptionalInt.of(
                    (int) Math.min(Integer.MAX_VALUE, Math.ceil(factor * outputTokens)));
        }

        @Override
        public String toString() {
            return "x" + factor;
        }
    }

    /** The limit for a request whose true answer is so long; empty for none. */
    OptionalInt maxTokens(int outputTokens);

    /**
     * Reads {@code none}, {@code exact}, a number of tokens, or {@code x1.5}.
     *
     * @throws TraceException naming the choices
     */
    static TokenLimit parse(String text) {
        String wanted = text.trim();
        try {
            if (wanted.equals("none")) {
                return new Unlimited();
            } else if (wanted.equals("exact")) {
                return new Factor(1);
            } else if (wanted.startsWith("x")) {
                double factor = Double.parseDouble(wanted.substring(1));
                if (factor >= 1 && factor <= 1000) {
                    return new Factor(factor);
                }
            } else if (Integer.parseInt(wanted) > 0) {
                return new Fixed(Integer.parseInt(wanted));
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new TraceException(
                "max tokens '"
                        + text
                        + "': write none, exact, a number above 0, or a factor of at least 1 such as x1.5");
    }
}
