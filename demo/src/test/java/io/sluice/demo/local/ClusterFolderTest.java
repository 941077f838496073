package io.sluice.demo.local;

import io.sluice.apps.cli.CommandException;
import io.sluice.demo.broker.BrokerSettings;
import io.sluice.demo.broker.Quorum;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClusterFolderTest {

    @TempDir private Path path;

    @Test
    void remembersWhatTheClusterIsMadeOf() throws Exception {
        ClusterFolder folder = new ClusterFolder(path.resolve("new"));
        assertThat(folder.settings()).isEmpty();
        LocalSettings settings =
                new LocalSettings(
                        3,
                        2,
                        8081,
                        List.of(8082),
                        2181,
                        List.of(1, 2, 3),
                        List.of(4, 5, 6),
                        Quorum.newClusterId(),
                        "kafka:1",
                        Map.of("a.b", "c d"));

        folder.write(settings);

        assertThat(folder.settings()).contains(settings);
        assertThat(folder.require()).isEqualTo(settings);
        folder.restore(Optional.empty());
        assertThat(folder.settings()).isEmpty();
        folder.restore(Optional.of(settings));
        assertThat(folder.settings()).contains(settings);
    }

    @ParameterizedTest
    @CsvSource({"9092, 24000, true", "0, 0, false"})
    void readsWhatWasWrittenWhenThereWasOneBrokerAtMost(
            int port, int controllerPort, boolean hasBrokers) throws Exception {
        Files.writeString(
                path.resolve("cluster.json"),
                """
                {
                  "taskManagers" : 2,
                  "slots" : 2,
                  "webPort" : 8081,
                  "zooKeeperPort" : 2181,
                  "brokerPort" : %d,
                  "controllerPort" : %d,
                  "bootstrapServers" : "localhost:%d",
                  "options" : { }
                }
                """
                        .formatted(port, controllerPort, port));

        LocalSettings settings = new ClusterFolder(path).require();

        assertThat(settings.webPorts()).containsExactly(8081);
        assertThat(settings.hasBrokers()).isEqualTo(hasBrokers);
        assertThat(settings.brokers(path))
                .allSatisfy(
                        broker ->
                                assertThat(broker)
                                        .returns(path.resolve("broker"), BrokerSettings::directory)
                                        .returns(port, BrokerSettings::port)
                                        .returns(controllerPort, BrokerSettings::controllerPort))
                .hasSize(hasBrokers ? 1 : 0);
    }

    @Test
    void saysThatThereIsNoCluster() {
        assertThatThrownBy(() -> new ClusterFolder(path).require())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("there is no cluster in " + path)
                .hasMessageContaining("--directory");
    }

    @Test
    void namesAFileThatItCannotRead() throws Exception {
        Files.writeString(path.resolve("cluster.json"), "{\"taskManagers\": 0}");

        assertThatThrownBy(() -> new ClusterFolder(path).settings())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(path.resolve("cluster.json").toString())
                .hasMessageContaining("--task-managers must be from 1");
    }

    @Test
    void isStartedAndStoppedByOneAtATime() {
        ClusterFolder folder = new ClusterFolder(path);
        folder.alone(
                () -> {
                    assertThatThrownBy(() -> folder.alone(() -> 1))
                            .isInstanceOf(CommandException.class)
                            .hasMessageContaining("another command");
                    return 0;
                });

        assertThat(folder.alone(() -> 1)).isEqualTo(1);
    }
}
