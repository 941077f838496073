package io.sluice.demo.deploy;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;
import io.sluice.demo.process.FreePorts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The containers of {@code docker-compose.yml} as processes of this machine: each runs the command
 * that stands there, from the files that its image takes, when what it waits for is so far. Only
 * addresses and folders are others, for want of networks and file systems of their own.
 */
final class Containers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int METRICS_PORT = 9400;
    private static final int PAGE_PORT = 8090;

    private final Compose compose = Compose.read();
    private final Path folder;
    private final Places places;
    private final FlinkContainers flink;
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Set<String> started = new HashSet<>();
    private final int pagePort = FreePorts.pick(1).get(0);
    private BrokerContainer broker;

    /**
     * Prepares them.
     *
     * @param folder takes everything that they write
     */
    Containers(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.places = new Places(this.folder);
        this.flink = new FlinkContainers(this.folder.resolve("flink"), places);
        for (String service : compose.names()) {
            if (service.startsWith("worker-")) {
                places.movePort(service, METRICS_PORT, FreePorts.pick(1).get(0));
            }
        }
        places.movePort("page", PAGE_PORT, pagePort);
    }

    /** Where the broker is. */
    String broker() {
        return places.broker();
    }

    /** Where the page is. */
    URI page() {
        return URI.create("http://127.0.0.1:" + pagePort);
    }

    /**
     * Starts them, as {@code docker compose --profile NAME up} does, but for those that only watch:
     * they are nothing but an image of others.
     *
     * @param secret what every secret is
     */
    void up(String profile, String secret) throws Exception {
        for (String service : compose.names()) {
            List<String> profiles = compose.profiles(service);
            boolean wanted = profiles.isEmpty() || profiles.contains(profile);
            if (wanted && !Compose.WATCHERS.contains(service)) {
                for (String name : compose.secrets(service)) {
                    places.keepSecret(name, secret);
                }
                start(service);
            }
        }
    }

    private void start(String service) throws Exception {
        if (!started.add(service)) {
            return;
        }
        for (Map.Entry<String, String> other : compose.waitsFor(service).entrySet()) {
            start(other.getKey());
            await(other.getKey(), other.getValue());
        }
        switch (compose.target(service)) {
            case "apps" -> run(service, DeployFiles.entryPoint("apps"));
            case "jobs" -> startFlink(service);
            default -> startBroker(service);
        }
    }

    private void startFlink(String service) throws IOException {
        switch (compose.command(service).get(0)) {
            case "jobmanager" -> flink.startJobManager(service);
            case "taskmanager" -> {
                for (int i = 0; i < compose.replicas(service); i++) {
                    flink.startTaskManager();
                }
            }
            default -> {
                flink.writeClient(folder.resolve("bin/flink"));
                run(service, List.of());
            }
        }
    }

    private void startBroker(String service) throws IOException {
        Properties settings = compose.broker();
        settings.replaceAll((key, value) -> localhost(places.told(service, (String) value)));
        broker = BrokerContainer.start(settings, places.broker(), folder.resolve(service));
    }

    /** The broker's own name is known to other containers only. */
    private static String localhost(String listeners) {
        return listeners.replace("://kafka:", "://localhost:");
    }

    private void run(String service, List<String> entryPoint) throws IOException {
        List<String> command = new ArrayList<>(entryPoint);
        command.addAll(compose.command(service));
        processes.put(service, process(service, command));
    }

    private Process process(String service, List<String> command) throws IOException {
        Files.createDirectories(folder.resolve(service));
        ProcessBuilder builder =
                new ProcessBuilder(
                                command.stream().map(word -> places.told(service, word)).toList())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output(service).toFile()));
        builder.environment()
                .merge(
                        "PATH",
                        "",
                        (path, none) ->
                                "%s:%s/bin:%s"
                                        .formatted(
                                                folder.resolve("bin"),
                                                System.getProperty("java.home"),
                                                path));
        return builder.start();
    }

    private Path output(String service) {
        return folder.resolve(service + ".out");
    }

    private void await(String service, String condition) throws Exception {
        switch (condition) {
            case "service_started" -> {}
            case "service_healthy" -> awaitHealthy(service);
            case "service_completed_successfully" -> awaitSuccess(service);
            default -> throw new IllegalArgumentException(condition);
        }
    }

    /** Waits until the health check of a service says that it is well. */
    void awaitHealthy(String service) {
        if (compose.target(service).isEmpty()) {
            broker.awaitHealthy();
        } else {
            Await.until(
                    service + " to be healthy",
                    PATIENCE,
                    () -> process(service, compose.healthCheck(service)).waitFor() == 0);
        }
    }

    private void awaitSuccess(String service) throws Exception {
        Process process = processes.get(service);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AwaitException(
                    "%s did not succeed; it printed: %s"
                            .formatted(service, Files.readString(output(service))));
        }
    }

    /**
     * Stops a service as {@code docker compose stop} does.
     *
     * @return whether it ended by itself within its grace period
     */
    boolean stop(String service) throws InterruptedException {
        Process process = processes.get(service);
        process.destroy();
        return process.waitFor(compose.stopGracePeriod(service).toSeconds(), TimeUnit.SECONDS);
    }

    /** What a service has printed. */
    String printed(String service) throws IOException {
        return Files.readString(output(service));
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
        flink.close();
        if (broker != null) {
            broker.close();
        }
    }
}
