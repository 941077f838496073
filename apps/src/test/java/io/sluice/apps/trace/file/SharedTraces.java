package io.sluice.apps.trace.file;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The real traces beside the repository; tests that use them skip, visibly, where they are absent.
 */
final class SharedTraces {

    private SharedTraces() {}

    static Path file(String name) {
        Path root = Path.of(System.getProperty("sluice.shared.data", "absent"));
        assumeTrue(Files.isDirectory(root), "no real traces at " + root);
        return root.resolve(name);
    }
}
