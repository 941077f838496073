package io.sluice.demo.local;

import io.sluice.apps.cli.CommandException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
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
                new LocalSettings(3, 2, 8081, 2181, 0, 0, null, Map.of("a.b", "c d"));

        folder.write(settings);

        assertThat(folder.settings()).contains(settings);
        assertThat(folder.require()).isEqualTo(settings);
        folder.restore(Optional.empty());
        assertThat(folder.settings()).isEmpty();
        folder.restore(Optional.of(settings));
        assertThat(folder.settings()).contains(settings);
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
