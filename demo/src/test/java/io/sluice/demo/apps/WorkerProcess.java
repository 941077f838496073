package io.sluice.demo.apps;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code sluice worker} as users start it, but for the jar. */
public final class WorkerProcess {

    private WorkerProcess() {}

    /** Starts it; whether it registers is the caller's to await. */
    public static JavaProcess start(
            String bootstrapServers, String instanceId, Path folder, String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "worker",
                                "--simulate=A100_7B",
                                "--instance-id=" + instanceId,
                                "--bootstrap-servers=" + bootstrapServers,
                                "--ledger-dir=" + folder.resolve("ledger")));
        arguments.addAll(List.of(options));
        JavaCommand command =
                new JavaCommand(
                        instanceId,
                        ClassPath.current(),
                        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        SluiceApps.class.getName(),
                        arguments);
        return JavaProcess.start(command, folder);
    }

    /** Waits until the process of an instance has printed a line that holds some words. */
    static void awaitLine(String instanceId, Path folder, String words) {
        Await.until(
                instanceId + " to print: " + words,
                Duration.ofSeconds(60),
                () -> printed(instanceId, folder).stream().anyMatch(l -> l.contains(words)));
    }

    /** What the process of an instance has printed so far. */
    static List<String> printed(String instanceId, Path folder) {
        try {
            return Files.readAllLines(folder.resolve(instanceId + ".out"));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The page at the address that the worker prints first. */
    static String metrics(String instanceId, Path folder) throws Exception {
        String first = printed(instanceId, folder).get(0);
        URI page = URI.create(first.substring(first.indexOf("http://")));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
