package io.sluice.demo.cluster;

import io.sluice.demo.process.FreePorts;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlinkRestTest {

    @Test
    void asksTheOtherJobManagerOnceOneDoesNotAnswer() throws Exception {
        HttpServer alive = server("{\"taskmanagers\": 3}");
        try {
            FlinkRest rest =
                    new FlinkRest(
                            List.of(
                                    url(FreePorts.pick(1).get(0)),
                                    url(alive.getAddress().getPort())),
                            RestTls.USUAL);

            assertThatThrownBy(rest::taskManagers).isInstanceOf(FlinkRestException.class);
            assertThat(rest.taskManagers()).isEqualTo(3);
            assertThat(rest.taskManagers()).isEqualTo(3);
        } finally {
            alive.stop(0);
        }
    }

    private static URI url(int port) {
        return URI.create("http://localhost:" + port);
    }

    private static HttpServer server(String answer) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        return server;
    }
}
