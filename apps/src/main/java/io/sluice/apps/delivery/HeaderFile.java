package io.sluice.apps.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Headers in a file, one {@code Name: value} a line. */
final class HeaderFile {

    private static final URI ANYWHERE = URI.create("http://localhost");

    private HeaderFile() {}

    /**
     * Reads it. Empty lines mean nothing.
     *
     * @throws IllegalArgumentException if it cannot be read, or a line is no header; the value is
     *     not repeated, for it may be a secret
     */
    static Map<String, String> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException exception) {
            throw new IllegalArgumentException(
                    "cannot read --header-file %s: %s".formatted(file, exception), exception);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank()) {
                int colon = line.indexOf(':');
                if (colon < 1 || !isHeader(line.substring(0, colon), line.substring(colon + 1))) {
                    throw new IllegalArgumentException(
                            "--header-file %s, line %d is no `Name: value`".formatted(file, i + 1));
                }
                headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static boolean isHeader(String name, String value) {
        try {
            HttpRequest.newBuilder(ANYWHERE).header(name.strip(), value.strip());
            return true;
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }
}
