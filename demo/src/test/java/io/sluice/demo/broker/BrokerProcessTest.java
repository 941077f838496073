package io.sluice.demo.broker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BrokerProcessTest {

    @Test
    void serveItsLogAgainAfterItWasKilled(@TempDir Path directory) throws Exception {
        BrokerSettings settings = BrokerSettings.onFreePorts(directory.resolve("log"));
        long startedNanos = System.nanoTime();
        try (BrokerProcess broker = BrokerProcess.start(settings, directory)) {
            print("broker process ready after", startedNanos);
            TestLog log = new TestLog(broker.bootstrapServers(), "numbers");
            log.createTopic();
            log.writeInTransaction("before the crash", true);

            broker.kill();
            assertThat(broker.isAlive()).isFalse();
            startedNanos = System.nanoTime();
            broker.restart();
            print("killed broker process ready again after", startedNanos);

            log.writeInTransaction("after the crash", true);
            assertThat(log.readCommittedAsGroup("readers", 2))
                    .containsExactly("before the crash", "after the crash");
        }
    }

    @Test
    void saysWhyItEnded(@TempDir Path directory) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            BrokerSettings settings = BrokerSettings.onPort(directory, taken.getLocalPort());

            assertThatThrownBy(() -> BrokerProcess.start(settings, directory))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("the port is in use");
        }
    }

    private static void print(String what, long startedNanos) {
        long millis = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
        System.out.printf("%s %d ms%n", what, millis);
    }
}
