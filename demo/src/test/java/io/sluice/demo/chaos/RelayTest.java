package io.sluice.demo.chaos;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class RelayTest {

    private static final InetAddress LOCALHOST = InetAddress.getLoopbackAddress();

    @Test
    void passesBothWaysAndEndsWithTheOtherEnd() throws Exception {
        try (ServerSocket far = new ServerSocket(0, 1, LOCALHOST);
                ServerSocket free = new ServerSocket(0, 1, LOCALHOST)) {
            InetSocketAddress near = new InetSocketAddress(LOCALHOST, free.getLocalPort());
            free.close();
            InetSocketAddress to = new InetSocketAddress(LOCALHOST, far.getLocalPort());
            try (Relay relay = Relay.start(near, to);
                    Socket client = new Socket(LOCALHOST, near.getPort());
                    Socket server = far.accept()) {
                assertThat(relay).isNotNull();
                client.getOutputStream().write("there".getBytes(StandardCharsets.UTF_8));
                assertThat(server.getInputStream().readNBytes(5)).asString().isEqualTo("there");
                server.getOutputStream().write("back".getBytes(StandardCharsets.UTF_8));
                server.close();
                assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("back");
            }
        }
    }
}
