package io.sluice.demo.security;

import io.sluice.demo.broker.BrokerProperties;
import io.sluice.demo.broker.BrokerReadiness;
import io.sluice.demo.broker.BrokerSettings;
import io.sluice.demo.process.FreePorts;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A broker whose clients come over TLS and log in by SCRAM-SHA-512. It also has a plain listener,
 * over which it talks to itself, and which a test may use as its administrator.
 */
final class SecureBroker implements AutoCloseable {

    private static final String CONTROLLER = "CONTROLLER";

    private final BrokerSettings settings;
    private final int securePort;
    private final KafkaRaftServer server;

    private SecureBroker(BrokerSettings settings, int securePort, KafkaRaftServer server) {
        this.settings = settings;
        this.securePort = securePort;
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param users password by name
     * @param more further properties of the broker
     */
    static SecureBroker start(
            Path folder,
            Certificates certificates,
            Map<String, String> users,
            Map<String, String> more)
            throws Exception {
        BrokerSettings settings = BrokerSettings.onFreePorts(folder.resolve("log"));
        int securePort = FreePorts.pick(1).get(0);
        format(settings, users);
        Properties properties = BrokerProperties.of(settings);
        properties.putAll(listener(properties, securePort, certificates));
        properties.putAll(more);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        SecureBroker broker = new SecureBroker(settings, securePort, server);
        BrokerReadiness.await(settings, () -> {});
        return broker;
    }

    private static Map<String, String> listener(
            Properties plain, int port, Certificates certificates) {
        return Map.of(
                "listeners",
                plain.getProperty("listeners") + ",SECURE://localhost:" + port,
                "listener.security.protocol.map",
                plain.getProperty("listener.security.protocol.map") + ",SECURE:SASL_SSL",
                "inter.broker.listener.name",
                "PLAINTEXT",
                "listener.name.secure.sasl.enabled.mechanisms",
                "SCRAM-SHA-512",
                "listener.name.secure.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                certificates.serverStore().toString(),
                "ssl.keystore.password",
                Certificates.PASSWORD);
    }

    private static void format(BrokerSettings settings, Map<String, String> users)
            throws Exception {
        String directory = settings.directory().toString();
        List<String> scram =
                users.entrySet().stream()
                        .map(
                                user ->
                                        "SCRAM-SHA-512=[name=%s,password=%s]"
                                                .formatted(user.getKey(), user.getValue()))
                        .toList();
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(directory)
                .addDirectory(directory)
                .setScramArguments(scram)
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    /** Where clients that log in connect. */
    String secureServers() {
        return "localhost:" + securePort;
    }

    /** Where the administrator connects, without a login. */
    String plainServers() {
        return settings.bootstrapServers();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
