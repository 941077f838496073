package io.sluice.demo.process;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The class path for a child JVM.
 *
 * @param entries jars and class folders, first wins
 */
public record ClassPath(List<Path> entries) {

    /** Copies the list. */
    public ClassPath {
        entries = List.copyOf(entries);
    }

    /**
     * What this JVM runs from: in a build all modules and their jars, from the demo jar just that
     * jar.
     */
    public static ClassPath current() {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        return new ClassPath(
                Arrays.stream(entries).map(Path::of).map(Path::toAbsolutePath).toList());
    }

    /** The {@code -cp} argument. */
    public String argument() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
