package io.sluice.demo.chaos;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;

import java.util.List;

/** The commands of {@code sluice} as processes, as users start them. */
final class Programs {

    /** The main class of these commands. */
    static final String PLAIN = SluiceApps.class.getName();

    private Programs() {}

    /**
     * A command.
     *
     * @param name of the process
     * @param megabytes of heap
     * @param arguments the command and its options
     */
    static JavaCommand sluice(String name, int megabytes, List<String> arguments) {
        return sluice(name, megabytes, PLAIN, arguments);
    }

    /**
     * A command that another program runs.
     *
     * @param mainClass of that program
     * @param arguments of that program, the command and its options among them
     */
    static JavaCommand sluice(
            String name, int megabytes, String mainClass, List<String> arguments) {
        return new JavaCommand(
                name,
                ClassPath.current(),
                List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                mainClass,
                arguments);
    }
}
