package io.sluice.demo.local;

import io.sluice.apps.cli.CommandException;
import io.sluice.demo.cluster.ClusterStartException;
import io.sluice.demo.process.LastingPorts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What does not start; what does is in {@code ClusterIT}. */
class LocalClusterTest {

    @TempDir private Path path;
    private final List<String> console = new ArrayList<>();
    private final LastingPorts ports = new LastingPorts(new Random());

    @Test
    void stopsWhatItStartedWhenFlinkRefusesItsOptions() {
        ClusterFolder folder = new ClusterFolder(path);
        LocalSettings tooSmall =
                settings(ports.pick(), Map.of("taskmanager.memory.process.size", "10m"));
        LocalCluster cluster = new LocalCluster(folder, tooSmall, console::add);

        assertThatThrownBy(cluster::start)
                .isInstanceOf(ClusterStartException.class)
                .hasMessageContaining("cannot start a cluster in " + path)
                .hasMessageContaining("exceed configured Total Process Memory");

        assertThat(cluster.someRun()).isFalse();
        assertThat(console)
                .anyMatch(line -> line.matches("zookeeper +pid \\d+, localhost:\\d+"))
                .anyMatch(line -> line.matches("zookeeper +pid \\d+, stopped"));
        assertThat(folder.settings()).isEmpty();
    }

    @Test
    void startsNothingWhereAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            LocalSettings settings = settings(taken.getLocalPort(), Map.of());
            LocalCluster cluster =
                    new LocalCluster(new ClusterFolder(path), settings, console::add);

            assertThatThrownBy(cluster::start)
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("jobmanager on localhost:" + taken.getLocalPort())
                    .hasMessageContaining("--web-port");
        }
        assertThat(console).isEmpty();
        assertThat(path).isEmptyDirectory();
    }

    /** A controller whose port is taken would end after the others have begun to wait for it. */
    @Test
    void startsNothingWhereThePortOfAControllerIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            List<Integer> brokers = List.of(ports.pick(), ports.pick(), ports.pick());
            List<Integer> controllers = List.of(ports.pick(), taken.getLocalPort(), ports.pick());
            LocalCluster cluster =
                    new LocalCluster(
                            new ClusterFolder(path),
                            settings(ports.pick(), brokers, controllers, Map.of()),
                            console::add);

            assertThatThrownBy(cluster::start)
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining(
                            "controller of the broker-2 on localhost:" + taken.getLocalPort())
                    .hasMessageEndingWith("stop what listens there");
        }
        assertThat(console).isEmpty();
    }

    @Test
    void tellsThatAllIsStopped() {
        ClusterFolder folder = new ClusterFolder(path);
        Members members = new Members(folder, settings(8081, Map.of()));

        ClusterStatus.Answer answer =
                new ClusterStatus(members, folder.processes(), ZoneOffset.UTC).ask();

        assertThat(answer.allUp()).isFalse();
        assertThat(answer.text())
                .containsPattern("zookeeper +stopped +localhost:")
                .containsPattern("taskmanager-1 +stopped +1 slot")
                .doesNotContain("Flink");
    }

    private LocalSettings settings(int webPort, Map<String, String> options) {
        return settings(webPort, List.of(), List.of(), options);
    }

    private LocalSettings settings(
            int webPort,
            List<Integer> brokers,
            List<Integer> controllers,
            Map<String, String> options) {
        return new LocalSettings(
                1, 1, webPort, List.of(), ports.pick(), brokers, controllers, null, null, options);
    }
}
