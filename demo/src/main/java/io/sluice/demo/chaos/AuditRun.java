package io.sluice.demo.chaos;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.JavaProcess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** {@code sluice audit} as a process, once everything has ended. */
final class AuditRun {

    private static final int HEAP_MEGABYTES = 1_500;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** One of the processes may have no processor for that long while another has. */
    private static final String KNOWN_AFTER = "--known-after=5s";

    private static final JsonMapper JSON = new JsonMapper();

    private AuditRun() {}

    /**
     * Reads all topics from their start.
     *
     * @param name of the process and its output
     * @param logs for its output
     * @return what it prints as JSON
     * @throws IllegalStateException if it cannot tell
     */
    static JsonNode of(String name, String brokers, Path logs) {
        Path output = logs.resolve(name + ".out");
        try {
            Files.deleteIfExists(output);
            JavaProcess audit =
                    JavaProcess.start(
                            Programs.sluice(
                                    name,
                                    HEAP_MEGABYTES,
                                    List.of(
                                            "audit",
                                            "--all-ended",
                                            "--json",
                                            KNOWN_AFTER,
                                            "--bootstrap-servers=" + brokers)),
                            logs);
            try (audit) {
                Await.until("the audit to end", PATIENCE, () -> !audit.isAlive());
            }
            String said = Files.readString(output);
            int start = said.indexOf('{');
            if (start < 0) {
                throw new IllegalStateException(
                        "the audit cannot tell: " + said.strip() + "; its output is " + output);
            }
            return JSON.readTree(said.substring(start));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read " + output, exception);
        }
    }

    /** What it found broken, each in a line. */
    static List<String> findings(JsonNode audit) {
        return StreamSupport.stream(audit.path("findings").spliterator(), false)
                .map(one -> one.path("promise").asText() + ": " + one.path("what").asText())
                .toList();
    }
}
