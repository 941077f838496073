package io.sluice.demo.broker;

import io.sluice.demo.process.FreePorts;

import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Formats a log folder and runs Kafka's own server on it, in this JVM. */
final class BrokerServer {

    private BrokerServer() {}

    /**
     * Starts a server and returns when it has let itself in.
     *
     * @throws BrokerStartException if it does not start; nothing of it is left running
     */
    static KafkaRaftServer start(BrokerSettings settings) {
        requireFree(settings.port());
        requireFree(settings.controllerPort());
        format(settings);
        // Kafka answers a failed start of its controller by halting the JVM, which is not only its
        // own here.
        Exit.setHaltProcedure(
                (status, message) -> {
                    throw new IllegalStateException("Kafka gave up: " + message);
                });
        try {
            return startServer(settings);
        } finally {
            Exit.resetHaltProcedure();
        }
    }

    private static KafkaRaftServer startServer(BrokerSettings settings) {
        KafkaRaftServer server = null;
        try {
            KafkaConfig config = new KafkaConfig(BrokerProperties.of(settings));
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return server;
        } catch (RuntimeException exception) {
            if (server != null) {
                server.shutdown();
            }
            throw failure(settings, exception);
        }
    }

    private static void requireFree(int port) {
        if (port < 1 || port > 65_535) {
            throw new BrokerStartException("port " + port + " is not one: choose 1 to 65535");
        }
        if (!FreePorts.isFree(port)) {
            throw new BrokerStartException(
                    "cannot start a Kafka broker on localhost:%d: the port is in use; stop what listens there or choose another port"
                            .formatted(port));
        }
    }

    private static void format(BrokerSettings settings) {
        if (Files.exists(settings.directory().resolve("meta.properties"))) {
            return;
        }
        String directory = settings.directory().toString();
        try {
            Files.createDirectories(settings.directory());
            new Formatter()
                    .setClusterId(settings.quorum().clusterId())
                    .setNodeId(settings.node())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory)
                    .addDirectory(directory)
                    .setPrintStream(silent())
                    .run();
        } catch (Exception exception) {
            // Formatter.run declares Exception.
            throw failure(settings, exception);
        }
    }

    private static PrintStream silent() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    private static BrokerStartException failure(BrokerSettings settings, Exception cause) {
        return new BrokerStartException(
                "cannot start a Kafka broker on %s with its log in %s: %s"
                        .formatted(settings.bootstrapServers(), settings.directory(), cause),
                cause);
    }
}
