package io.sluice.demo.process;

import java.nio.file.Path;
import java.util.List;

/**
 * Where log lines go: warnings of this process to a file, everything from {@code info} up of a
 * child process to a file of its own, and nothing to the console, which belongs to the user.
 */
public final class DemoLogging {

    private static final String CONFIGURATION = "log4j2.configurationFile";
    private static final String CONFIGURATION_FILE = "classpath:sluice-demo-log4j2.properties";
    private static final String LOG_FILE = "sluice.log.file";
    private static final String LOG_LEVEL = "sluice.log.level";

    private DemoLogging() {}

    /**
     * Sends this process's log to a file. Must run before the first logger is made; a configuration
     * or a file given on the command line wins.
     *
     * @param log the file, made when the first line is written
     */
    public static void toFile(Path log) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, CONFIGURATION_FILE);
        }
        if (System.getProperty(LOG_FILE) == null) {
            System.setProperty(LOG_FILE, log.toString());
        }
    }

    /** JVM arguments that make a child log to {@code log}. */
    static List<String> childArguments(Path log) {
        return List.of(
                "-D" + CONFIGURATION + "=" + CONFIGURATION_FILE,
                "-D" + LOG_FILE + "=" + log,
                "-D" + LOG_LEVEL + "=info");
    }
}
