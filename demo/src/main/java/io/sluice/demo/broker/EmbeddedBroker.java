package io.sluice.demo.broker;

import io.sluice.demo.process.TemporaryFolder;

import kafka.server.KafkaRaftServer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Kafka broker inside this JVM, for the demo and for tests that need a real log but not a
 * killable one. It is ready when the factory method returns, makes no topics by itself, and allows
 * transactions of up to 24 h. Closing it stops the server; a temporary one also deletes its log.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private final BrokerSettings settings;
    private final KafkaRaftServer server;
    private final boolean temporary;

    private EmbeddedBroker(BrokerSettings settings, KafkaRaftServer server, boolean temporary) {
        this.settings = settings;
        this.server = server;
        this.temporary = temporary;
    }

    /**
     * Starts a broker whose log stays when it is closed.
     *
     * @throws BrokerStartException if a port is taken or the log cannot be used; nothing stays
     *     behind
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        return start(settings, false);
    }

    /**
     * Starts a broker on a free port with an empty log that is deleted at close.
     *
     * @throws BrokerStartException if it does not start
     */
    public static EmbeddedBroker temporary() {
        return start(BrokerSettings.onFreePorts(newDirectory()), true);
    }

    /**
     * Starts a broker on a known port with an empty log that is deleted at close.
     *
     * @param port 1 to 65535
     * @throws BrokerStartException if the port is taken or the broker does not start
     */
    public static EmbeddedBroker temporary(int port) {
        return start(BrokerSettings.onPort(newDirectory(), port), true);
    }

    private static EmbeddedBroker start(BrokerSettings settings, boolean temporary) {
        try {
            KafkaRaftServer server = BrokerServer.start(settings);
            EmbeddedBroker broker = new EmbeddedBroker(settings, server, temporary);
            broker.awaitReady();
            return broker;
        } catch (BrokerStartException exception) {
            if (temporary) {
                TemporaryFolder.delete(settings.directory());
            }
            throw exception;
        }
    }

    private void awaitReady() {
        try {
            BrokerReadiness.await(settings, () -> {});
        } catch (RuntimeException exception) {
            close();
            throw new BrokerStartException(exception.getMessage(), exception);
        }
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** Where the log is and where it listens. */
    public BrokerSettings settings() {
        return settings;
    }

    /** Stops the server, waits until it has, and deletes the log of a temporary broker. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        if (temporary) {
            TemporaryFolder.delete(settings.directory());
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("sluice-broker-");
        } catch (IOException exception) {
            throw new BrokerStartException(
                    "cannot make a temporary folder for the Kafka broker's log: " + exception,
                    exception);
        }
    }
}
