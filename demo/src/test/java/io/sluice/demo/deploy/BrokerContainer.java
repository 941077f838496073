package io.sluice.demo.deploy;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

import kafka.Kafka;
import kafka.tools.StorageTool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What Kafka's image runs: formats a log folder that is new, and starts the server. */
final class BrokerContainer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final JavaProcess server;
    private final String address;

    private BrokerContainer(JavaProcess server, String address) {
        this.server = server;
        this.address = address;
    }

    static BrokerContainer start(Properties settings, String address, Path folder)
            throws IOException {
        Path file = Files.createDirectories(folder).resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        format(file, folder);
        return new BrokerContainer(
                java("kafka", Kafka.class, List.of(file.toString()), folder), address);
    }

    private static void format(Path settings, Path folder) {
        List<String> arguments =
                List.of("format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString());
        try (JavaProcess format = java("kafka-format", StorageTool.class, arguments, folder)) {
            Await.until("the log folder to be formatted", PATIENCE, () -> !format.isAlive());
            if (format.exitValue() != 0) {
                format.requireAlive();
            }
        }
    }

    private static JavaProcess java(
            String name, Class<?> main, List<String> arguments, Path folder) {
        List<String> jvm = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
        return JavaProcess.start(
                new JavaCommand(name, ClassPath.current(), jvm, main.getName(), arguments), folder);
    }

    /** Waits until it answers, as the health check of the image's own script does. */
    void awaitHealthy() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            Await.until(
                    "the broker to answer on " + address,
                    PATIENCE,
                    () -> {
                        server.requireAlive();
                        return !admin.describeCluster().nodes().get().isEmpty();
                    });
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
