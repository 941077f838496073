package io.sluice.demo.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The two files that a process writes. Both are appended to, so a restarted process continues its
 * predecessor's.
 *
 * @param name what the process is called
 * @param log its log lines
 * @param output what it prints
 */
record ProcessFiles(String name, Path log, Path output) {

    private static final int LAST_LINES = 15;

    /** How lines begin that name an exception, and what people print as an error. */
    private static final Pattern REASON =
            Pattern.compile("^(Caused by: |[\\w.$]+(Exception|Error)\\b|sluice: |Error)");

    /** The files in a folder, named after the process. */
    static ProcessFiles in(Path folder, String name) {
        Path absolute = folder.toAbsolutePath();
        return new ProcessFiles(
                name, absolute.resolve(name + ".log"), absolute.resolve(name + ".out"));
    }

    /** Starts a process that writes them, in a folder that is made if it is missing. */
    Process start(List<String> commandLine, ProcessBuilder.Redirect input) throws IOException {
        Files.createDirectories(output.toAbsolutePath().getParent());
        return new ProcessBuilder(commandLine)
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /**
     * What to say of a process that has ended, with the last lines it wrote.
     *
     * @param how such as "ended with code 1"
     */
    AwaitException ended(String how) {
        return new AwaitException(
                "%s %s; the last lines of %s and %s:%n%s%n%s"
                        .formatted(name, how, log, output, lastLines(log), lastLines(output)));
    }

    /**
     * What to say in one line of a process that has ended: the last thing it wrote that looks like
     * a reason, and where the rest is.
     */
    AwaitException endedWithReason() {
        List<String> lines =
                Stream.of(output, log)
                        .flatMap(file -> lines(file).stream())
                        .filter(line -> !line.isBlank())
                        .toList();
        String last = lines.isEmpty() ? "it wrote nothing" : lines.get(lines.size() - 1);
        String reason =
                lines.stream()
                        .filter(line -> REASON.matcher(line).find())
                        .reduce((earlier, later) -> later)
                        .orElse(last);
        return new AwaitException(
                "%s has ended: %s; its log is %s".formatted(name, reason.strip(), log));
    }

    /** The last lines of what it printed. */
    String lastPrinted() {
        return lastLines(output);
    }

    private static String lastLines(Path file) {
        List<String> lines = lines(file);
        int from = Math.max(0, lines.size() - LAST_LINES);
        return String.join(System.lineSeparator(), lines.subList(from, lines.size()));
    }

    private static List<String> lines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException exception) {
            return List.of("(cannot read " + file + ": " + exception.getMessage() + ")");
        }
    }
}
