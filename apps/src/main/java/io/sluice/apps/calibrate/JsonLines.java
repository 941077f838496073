package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Files of JSON objects, one a line, plain or gzip. */
final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    /**
     * A line of a file.
     *
     * @param number from 1
     * @param value what it holds; null if it is no JSON object
     */
    record Line(int number, @Nullable JsonNode value) {}

    /**
     * All lines that are not blank.
     *
     * @throws CommandException if the file cannot be read
     */
    static List<Line> read(Path file) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : lines(file)) {
            number++;
            if (!text.isBlank()) {
                lines.add(new Line(number, parse(text)));
            }
        }
        return lines;
    }

    /**
     * The lines of a text file.
     *
     * @throws CommandException if the file cannot be read
     */
    static List<String> lines(Path file) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new CommandException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static @Nullable JsonNode parse(String text) {
        try {
            JsonNode value = JSON.readTree(text);
            return value.isObject() ? value : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
