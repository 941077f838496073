package io.sluice.core.catalog;

import java.util.Map;

/** What a specification says about the parameters of its policy. */
public final class Arguments {

    private final Map<String, String> texts;

    Arguments(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /** The value of a parameter: as it was written, or its default. */
    public <T> T get(Parameter<T> parameter) {
        String text = texts.getOrDefault(parameter.name(), parameter.byDefault());
        try {
            return parameter.reader().apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "%s: %s".formatted(parameter.name(), wrong.getMessage()), wrong);
        }
    }
}
