package io.sluice.demo.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes connections to one address on to another, as they are. */
final class Relay implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BACKLOG = 50;

    private final ServerSocket server;
    private final InetSocketAddress to;

    private Relay(ServerSocket server, InetSocketAddress to) {
        this.server = server;
        this.to = to;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if it cannot listen there
     */
    static Relay start(InetSocketAddress from, InetSocketAddress to) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(from, BACKLOG);
        Relay relay = new Relay(server, to);
        daemon("relay", relay::accept);
        return relay;
    }

    private static void daemon(String name, Runnable action) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                daemon("relay-connection", () -> connect(near));
            } catch (IOException closed) {
                // Either it was closed, or who called has hung up already.
            }
        }
    }

    private void connect(Socket near) {
        try (near;
                Socket far = new Socket()) {
            far.connect(to);
            far.setTcpNoDelay(true);
            near.setTcpNoDelay(true);
            daemon("relay-back", () -> pump(far, near));
            pump(near, far);
        } catch (IOException gone) {
            // The other side sees its connection end, as it would without a relay.
        }
    }

    /** Until one of them ends, and then both do. */
    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException gone) {
            // Closing both says so to both.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
