package io.sluice.demo.process;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class LastingPortsTest {

    private static final long SEED = 7;

    @Test
    void givesDifferentPortsThatSystemsGiveToNobody() {
        LastingPorts ports = new LastingPorts(new Random(SEED));
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            given.add(ports.pick());
        }

        assertThat(given).hasSize(50).allMatch(port -> port >= 20_000 && port < 32_768);
    }

    @Test
    void passesOverAPortThatIsTaken() throws Exception {
        int first = new LastingPorts(new Random(SEED)).pick();
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getByName("localhost"))) {
            assertThat(new LastingPorts(new Random(SEED)).pick())
                    .isNotEqualTo(taken.getLocalPort());
        }
    }
}
