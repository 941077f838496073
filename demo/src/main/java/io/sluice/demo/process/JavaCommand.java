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
     * The command line of a process that ends with this JVM, which runs the same Java.
     *
     * @param log the file for the child's log lines
     */
    List<String> tethered(Path log) {
        List<String> line = new ArrayList<>(List.of(java()));
        addJvm(line, log);
        line.add(TetheredMain.class.getName());
        addProgram(line);
        return line;
    }

    /**
     * The command line of a process that outlives this JVM.
     *
     * @param log the file for its log lines
     * @param mark an argument without effect, by which the process can be told from others; the
     *     first one, since systems show only the beginning of a long line
     */
    List<String> standing(Path log, String mark) {
        List<String> line = new ArrayList<>(List.of(java(), mark));
        addJvm(line, log);
        addProgram(line);
        return line;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void addJvm(List<String> line, Path log) {
        line.addAll(jvmArguments);
        line.addAll(DemoLogging.childArguments(log));
        line.add("-cp");
        line.add(classPath.argument());
    }

    private void addProgram(List<String> line) {
        line.add(mainClass);
        line.addAll(arguments);
    }
}
