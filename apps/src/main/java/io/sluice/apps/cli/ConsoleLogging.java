package io.sluice.apps.cli;

import java.util.List;

/**
 * Keeps the console for what a command itself has to say: the Kafka client logs nothing unless the
 * user asks for it. Every failure that matters comes to the user by another way.
 */
public final class ConsoleLogging {

    /** The option that shows the log. */
    public static final String VERBOSE = "--verbose";

    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final String LEVEL = PREFIX + "defaultLogLevel";

    private ConsoleLogging() {}

    /**
     * Sets how much is logged. Must run before the first logger is made; a level given on the
     * command line of Java wins.
     *
     * @param arguments those of the command
     */
    public static void configure(List<String> arguments) {
        if (System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, arguments.contains(VERBOSE) ? "info" : "off");
        }
        System.setProperty(PREFIX + "showDateTime", "true");
        System.setProperty(PREFIX + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSZ");
        System.setProperty(PREFIX + "showShortLogName", "true");
    }
}
