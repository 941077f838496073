package io.sluice.apps.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium without a window, with a profile of its own and no way to any other machine. Whoever
 * starts it closes it; nothing of it is left then.
 */
public final class Chromium implements AutoCloseable {

    private static final String COMMAND = "chromium";
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;
    private static final long CLEARING_UP_SECONDS = 10;

    private final Process process;
    private final DevTools tools;

    private Chromium(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** Where it is installed, if it is. */
    public static Optional<Path> installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, COMMAND))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param program the executable
     * @param profile an empty folder for all that it writes
     */
    public static Chromium start(Path program, Path profile) {
        Process process = launch(command(program, profile));
        try {
            return new Chromium(process, DevTools.connect(address(process)));
        } catch (RuntimeException e) {
            end(family(process));
            throw e;
        }
    }

    private static Process launch(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path program, Path profile) {
        return List.of(
                program.toString(),
                "--headless=new",
                // As root, in a container as a build has it, its sandbox cannot be had.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank");
    }

    /** Where it says that it listens; what it says later is read, so that it never has to wait. */
    private static URI address(Process process) {
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, address), "chromium-output");
        reader.setDaemon(true);
        reader.start();
        return address.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static void read(Process process, CompletableFuture<URI> address) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(LISTENING)) {
                    address.complete(URI.create(line.substring(LISTENING.length()).strip()));
                } else if (!address.isDone()) {
                    said.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            said.append(e);
        }
        address.completeExceptionally(
                new IllegalStateException("Chromium has ended, saying:\n" + said));
    }

    /**
     * A page that a user would see.
     *
     * @param width of the window, in pixels
     * @param dark whether the user prefers dark pages
     */
    public Tab open(Path file, int width, boolean dark) {
        return open(file.toUri(), width, dark);
    }

    /** The same for a page of a server on this machine. */
    public Tab open(URI page, int width, boolean dark) {
        return Tab.open(tools, page, width, dark);
    }

    /** Asks it to end, so that it clears up, and ends it if it does not. */
    @Override
    public void close() {
        List<ProcessHandle> family = family(process);
        tools.send("", "Browser.close", Map.of());
        process.onExit().completeOnTimeout(process, CLEARING_UP_SECONDS, TimeUnit.SECONDS).join();
        tools.close();
        end(family);
    }

    private static List<ProcessHandle> family(Process process) {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    }

    private static void end(List<ProcessHandle> family) {
        family.forEach(ProcessHandle::destroyForcibly);
        // Its last files are written by then, and its folder can be removed.
        family.forEach(one -> one.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    }
}
