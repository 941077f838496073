package io.sluice.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback interface that nothing listens on. */
public final class FreePorts {

    private FreePorts() {}

    /**
     * Finds distinct ports that are free now. Nothing reserves them: another process may take one
     * before the caller binds it, so what binds must report a taken port clearly.
     *
     * @param count how many
     * @return that many different ports
     */
    public static List<Integer> pick(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getByName("localhost")));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException exception) {
            throw new UncheckedIOException("no free port on localhost", exception);
        } finally {
            held.forEach(FreePorts::close);
        }
    }

    /** Whether a server could listen on {@code localhost:port} now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("localhost"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // Nothing was ever connected to it; a failed close leaves nothing behind to handle.
        }
    }
}
