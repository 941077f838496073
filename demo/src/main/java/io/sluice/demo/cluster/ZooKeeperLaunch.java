package io.sluice.demo.cluster;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;

import org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A single ZooKeeper server, from the classes that Flink brings and by the entry point of Flink's
 * own script, for high availability on one machine: it remembers who leads and where the jobs and
 * their checkpoints are.
 *
 * @param settings the file that it reads
 * @param data where it keeps what it remembers
 * @param port where clients connect, on localhost
 */
public record ZooKeeperLaunch(Path settings, Path data, int port) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Keeps the server from deleting the node below which job managers stand for election while
     * none does, which it looks for every minute otherwise. A job manager that had lost its session
     * just then would find that node gone and never lead again: Curator before 5.8, of which Flink
     * has a copy, does not stand for election again then (CURATOR-724).
     */
    private static final String KEEPS_EMPTY_CONTAINERS =
            "-Dznode.container.checkIntervalMs=" + Integer.MAX_VALUE;

    private static final List<String> JVM_ARGUMENTS =
            List.of(
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    KEEPS_EMPTY_CONTAINERS);

    private static final String ONLY_PEER = "1";

    /** Where clients connect. */
    public String address() {
        return "localhost:" + port;
    }

    /**
     * What a cluster needs to use it, by key.
     *
     * @param storage where job managers keep what is too large for ZooKeeper
     */
    public Map<String, String> flinkOptions(Path storage) {
        return Map.of(
                "high-availability.type", "zookeeper",
                "high-availability.zookeeper.quorum", address(),
                "high-availability.storageDir", storage.toUri().toString());
    }

    /** Writes the file that it reads. */
    public void writeSettings() throws IOException {
        Files.createDirectories(settings.toAbsolutePath().getParent());
        Files.writeString(
                settings,
                """
                dataDir=%s
                clientPort=%d
                clientPortAddress=localhost
                tickTime=2000
                # A page of its own, which nobody looks at.
                admin.enableServer=false
                """
                        .formatted(data, port));
    }

    /**
     * What runs it.
     *
     * @param name of the process and its log files
     */
    public JavaCommand command(String name, ClassPath classPath) {
        return new JavaCommand(
                name,
                classPath,
                JVM_ARGUMENTS,
                FlinkZooKeeperQuorumPeer.class.getName(),
                List.of("--zkConfigFile", settings.toString(), "--peerId", ONLY_PEER));
    }

    /**
     * Waits until it serves.
     *
     * @param stillPossible asked before each try; throws to give up early
     * @throws AwaitException if it does not in time
     */
    public void await(Runnable stillPossible) {
        Await.until(
                "a ZooKeeper server to answer on " + address(),
                PATIENCE,
                () -> {
                    stillPossible.run();
                    return answer().contains("Mode: standalone");
                });
    }

    /** By its command for people, the one that it answers unless told otherwise. */
    private String answer() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(5).toMillis());
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
