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
        return new LocalSettings(1, 1, webPort, ports.pick(), 0, 0, null, options);
    }
}
