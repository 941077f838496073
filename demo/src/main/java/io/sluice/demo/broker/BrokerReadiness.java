package io.sluice.demo.broker;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A broker is ready when it answers a client that it knows itself, and none of the copies that it
 * keeps is behind.
 */
public final class BrokerReadiness {

    /**
     * Several times the 4 to 5 s that a start takes on two cores, the 11 s of three at once, or
     * their 27 s where other builds keep the cores busy.
     */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final int CALL_TIMEOUT_MILLIS = 1_000;

    private BrokerReadiness() {}

    /**
     * Waits until the broker answers.
     *
     * @param stillPossible asked before each try; throws to give up early
     * @throws AwaitException if it does not answer in time
     */
    public static void await(BrokerSettings settings, Runnable stillPossible) {
        // A client that finds nobody logs a warning at every try; so first wait for the port.
        Await.until(
                "a Kafka broker to listen on " + settings.bootstrapServers(),
                PATIENCE,
                () -> {
                    stillPossible.run();
                    return listens(settings.port());
                });
        Map<String, Object> client =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MILLIS,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(client)) {
            Await.until(
                    "the Kafka broker on " + settings.bootstrapServers() + " to answer",
                    PATIENCE,
                    () -> {
                        stillPossible.run();
                        return knowsItself(admin, settings.node());
                    });
            Await.until(
                    "the copies on the Kafka broker on %s to be in sync"
                            .formatted(settings.bootstrapServers()),
                    PATIENCE,
                    () -> {
                        stillPossible.run();
                        return PartitionCopies.of(admin).areInSyncOn(settings.node());
                    });
        }
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        }
    }

    private static boolean knowsItself(Admin admin, int id) throws Exception {
        return admin
                .describeCluster()
                .nodes()
                .get(CALL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .stream()
                .anyMatch(node -> node.id() == id);
    }
}
