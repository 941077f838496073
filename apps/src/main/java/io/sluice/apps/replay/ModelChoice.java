package io.sluice.apps.replay;

import io.sluice.apps.cli.SimulatedModel;

import org.jspecify.annotations.Nullable;

/**
 * The model that requests ask for.
 *
 * @param name asked for by all requests, or by those without a recorded one
 * @param keepsRecorded whether a model that the trace recorded is asked for
 */
public record ModelChoice(String name, boolean keepsRecorded) {

    /** What a user writes to ask for the recorded models. */
    public static final String RECORDED = "recorded";

    public ModelChoice {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a model must not be blank");
        }
    }

    /** One model for all requests. */
    public static ModelChoice all(String name) {
        return new ModelChoice(name, false);
    }

    /**
     * Reads a name, or {@value #RECORDED}; without a recorded model that means {@value
     * SimulatedModel#NAME}.
     */
    public static ModelChoice parse(String text) {
        return text.equals(RECORDED) ? new ModelChoice(SimulatedModel.NAME, true) : all(text);
    }

    String of(@Nullable String recorded) {
        return keepsRecorded && recorded != null && !recorded.isBlank() ? recorded : name;
    }

    @Override
    public String toString() {
        return keepsRecorded ? "as recorded, else " + name : name;
    }
}
