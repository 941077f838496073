package io.sluice.sim.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real data beside the repository; tests that read it are skipped where it is absent. */
final class SharedData {
    private SharedData() {}

    /** The lines of a text file, plain or gzip, by its path under the data folder. */
    static List<String> lines(String relative) {
        String root = System.getProperty("sluice.shared.data", "");
        Path file = Path.of(root).resolve(relative);
        assumeTrue(!root.isEmpty() && Files.isReadable(file), () -> "no shared data at " + file);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    }
}
