package io.sluice.apps.simulate;

import io.sluice.apps.trace.workload.Prediction;

import java.util.Arrays;
import java.util.Locale;

/** What policies see of the answers' lengths in a trace. */
sealed interface Foresight {

    /** As a replay would send it. */
    record AsSent(Prediction prediction) implements Foresight {}

    /**
     * Lengths with noise.
     *
     * @param tau Kendall's tau-b between predicted and true lengths
     */
    record Noisy(double tau) implements Foresight {

        /** Rejects what no ranking has. */
        public Noisy {
            if (!(tau > 0 && tau <= 1)) {
                throw new IllegalArgumentException(
                        "--prediction noisy:%s: tau must be above 0, and at most 1".formatted(tau));
            }
        }
    }

    /**
     * Reads a choice.
     *
     * @throws IllegalArgumentException naming the choices
     */
    static Foresight parse(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        try {
            if (name.startsWith("noisy:")) {
                return new Noisy(Double.parseDouble(name.substring("noisy:".length())));
            }
            return Arrays.stream(Prediction.values())
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .map(AsSent::new)
                    .orElseThrow(() -> unknown(text));
        } catch (NumberFormatException e) {
            throw unknown(text);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "unknown --prediction '%s'; choose exact, none, recorded or noisy:TAU, such as noisy:0.5"
                        .formatted(text));
    }
}
