package io.sluice.apps.page.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.function.Consumer;

/** The log of who ordered what, and who was refused: one line each, whatever they sent. */
final class Audit {

    /** Quotes texts such that none of them can begin a line or command a terminal. */
    private static final ObjectMapper QUOTES =
            new ObjectMapper(
                    JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

    private final Consumer<String> lines;
    private final Clock clock;

    Audit(Consumer<String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    void log(String address, String what, String text) {
        try {
            lines.accept(
                    "%s control %s %s %s"
                            .formatted(
                                    clock.instant(),
                                    address,
                                    what,
                                    QUOTES.writeValueAsString(text).replace("\u007f", "?")));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
