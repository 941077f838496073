package io.sluice.demo.broker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedBrokerTest {

    @Test
    void servesTransactionsConsumerGroupsAndDeletesItsLog() throws Exception {
        long startedNanos = System.nanoTime();
        Path directory;
        try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            System.out.printf(
                    "embedded broker ready after %d ms%n",
                    Duration.ofNanos(System.nanoTime() - startedNanos).toMillis());
            directory = broker.settings().directory();
            TestLog log = new TestLog(broker.bootstrapServers(), "numbers");
            log.createTopic();
            log.writeInTransaction("committed", true);
            log.writeInTransaction("aborted", false);

            assertThat(log.readCommittedAsGroup("readers", 1)).containsExactly("committed");
            assertThat(directory).isDirectory();
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void allowsTransactionsOfADay() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            ConfigResource node = new ConfigResource(ConfigResource.Type.BROKER, "1");

            var config = admin.describeConfigs(List.of(node)).all().get().get(node);

            assertThat(config.get("transaction.max.timeout.ms").value()).isEqualTo("86400000");
            assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("false");
        }
    }

    @Test
    void keepsTheLogOfANamedDirectoryForTheNextStart(@TempDir Path directory) throws Exception {
        BrokerSettings settings = BrokerSettings.onFreePorts(directory.resolve("log"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            TestLog log = new TestLog(broker.bootstrapServers(), "numbers");
            log.createTopic();
            log.writeInTransaction("kept", true);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            TestLog log = new TestLog(broker.bootstrapServers(), "numbers");

            assertThat(log.readCommittedAsGroup("readers", 1)).containsExactly("kept");
        }
    }

    @Test
    void namesThePortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> EmbeddedBroker.temporary(port))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("localhost:" + port)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void refusesAPortThatIsNone(@TempDir Path directory) {
        BrokerSettings settings = new BrokerSettings(directory, 70_000, 1_234);

        assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining("70000");
    }

    @Test
    void namesTheDirectoryThatCannotHoldALog(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a folder");
        BrokerSettings settings = BrokerSettings.onFreePorts(file);

        assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining(file.toString());
    }
}
