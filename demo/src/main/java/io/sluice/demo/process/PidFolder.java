package io.sluice.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processes that outlive whoever started them, found again by a file {@code NAME.pid} for each. A
 * process id alone proves nothing, since it may have been given to another process: whoever has it
 * must also show, on its command line, the mark of this folder and name. Not safe for use by
 * several threads or processes at once; callers lock.
 */
public final class PidFolder {

    private static final String MARK = "-Dsluice.process=";

    private final Path folder;
    private final Path logs;

    /**
     * Reads and writes nothing yet.
     *
     * @param folder for the files with process ids
     * @param logs where each process writes {@code NAME.log} and {@code NAME.out}
     */
    public PidFolder(Path folder, Path logs) {
        this.folder = folder.toAbsolutePath();
        this.logs = logs.toAbsolutePath();
    }

    /**
     * Starts a process and notes its id; whether it becomes ready is the caller's to await.
     *
     * @throws IllegalStateException if it runs
     * @throws UncheckedIOException if it cannot be started or noted; then it does not run
     */
    public StandingProcess start(JavaCommand command) {
        String name = command.name();
        running(name)
                .ifPresent(
                        process -> {
                            throw new IllegalStateException(
                                    "%s runs already, with process id %d"
                                            .formatted(name, process.pid()));
                        });
        ProcessFiles files = ProcessFiles.in(logs, name);
        try {
            Files.createDirectories(folder);
            Process process =
                    files.start(
                            detached(command.standing(files.log(), mark(name))),
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            note(name, process);
            return new StandingProcess(process.toHandle(), files, mark(name));
        } catch (IOException exception) {
            throw new UncheckedIOException(
                    "cannot start %s: %s".formatted(name, exception.getMessage()), exception);
        }
    }

    /**
     * In a session of its own where the system can make one, so that neither Ctrl-C nor the end of
     * the terminal reaches it. The program keeps its process id.
     */
    private static List<String> detached(List<String> command) {
        boolean hasSetsid =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, "setsid")));
        String starter = hasSetsid ? "setsid" : "nohup";
        return Stream.concat(Stream.of(starter), command.stream()).toList();
    }

    private void note(String name, Process process) throws IOException {
        try {
            Files.writeString(file(name), process.pid() + System.lineSeparator());
        } catch (IOException exception) {
            process.destroyForcibly();
            throw exception;
        }
    }

    /** The process of a name, if it runs. */
    public Optional<StandingProcess> running(String name) {
        return pid(name)
                .flatMap(ProcessHandle::of)
                .map(handle -> new StandingProcess(handle, ProcessFiles.in(logs, name), mark(name)))
                .filter(StandingProcess::isAlive);
    }

    /**
     * The id that a process of this name was last known by, though it may have ended; empty if it
     * was never started, or was forgotten.
     */
    public Optional<Long> pid(String name) {
        try {
            return Optional.of(Long.valueOf(Files.readString(file(name)).strip()));
        } catch (IOException | NumberFormatException nobodyNoted) {
            return Optional.empty();
        }
    }

    /** Forgets a process that has ended; without it, it counts as one that died. */
    public void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot delete " + file(name), exception);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".pid");
    }

    private String mark(String name) {
        return MARK + folder.resolve(name);
    }
}
