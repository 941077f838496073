package io.sluice.demo.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to run in a child JVM.
 *
 * @param name what the process is called in messages, and the stem of its log files
 * @param classPath what it runs from; must hold this class's package
 * @param jvmArguments heap sizes, system properties and the like
 * @param mainClass fully qualified name
 * @param arguments passed to the main class
 */
public record JavaCommand(
        String name,
        ClassPath classPath,
        List<String> jvmArguments,
        String mainClass,
        List<String> arguments) {

    /** Copies the lists. */
    public JavaCommand {
        jvmArguments = List.copyOf(jvmArguments);
        arguments = List.copyOf(arguments);
    }

    /**
     * The command line, with the JVM that runs this code.
     *
     * @param log the file for the child's log lines
     */
    List<String> commandLine(Path log) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmArguments);
        line.addAll(DemoLogging.childArguments(log));
        line.add("-cp");
        line.add(classPath.argument());
        line.add(TetheredMain.class.getName());
        line.add(mainClass);
        line.addAll(arguments);
        return line;
    }
}
