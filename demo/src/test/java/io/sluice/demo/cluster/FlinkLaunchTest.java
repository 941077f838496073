package io.sluice.demo.cluster;

import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class FlinkLaunchTest {

    @TempDir private Path folder;
    private FlinkLaunch launch;

    @BeforeEach
    void writeConfiguration() throws IOException {
        ClusterConfiguration.write(
                folder,
                Map.of(
                        "jobmanager.memory.process.size", "1g",
                        "taskmanager.memory.process.size", "2g",
                        "env.java.opts.taskmanager", "-Xlog:gc -verbose"));
        launch = new FlinkLaunch(folder, folder.resolve("log"), new ClassPath(List.of(folder)));
    }

    @Test
    void givesAJobManagerTheMemoryThatFlinkComputes() {
        JavaCommand command = launch.jobManager("jobmanager", 8_181);

        // 1 GiB less 256 MiB of metaspace, 192 MiB of overhead and 128 MiB off the heap.
        assertThat(command.jvmArguments())
                .contains("-Xmx469762048", "-XX:MaxMetaspaceSize=268435456")
                .contains("--add-opens=java.base/java.util=ALL-UNNAMED")
                .contains("-Dlog.file=" + folder.resolve("log/jobmanager.log"))
                .doesNotContain("-verbose");
        assertThat(command.mainClass()).endsWith(".StandaloneSessionClusterEntrypoint");
        assertThat(command.arguments())
                .startsWith("--configDir", folder.toString())
                .contains("jobmanager.memory.heap.size=469762048b", "rest.port=8181");
    }

    @Test
    void tellsATaskManagerItsNameAndMemory() {
        JavaCommand command = launch.taskManager("taskmanager-2", "taskmanager-2-17");

        assertThat(command.jvmArguments())
                .contains("-Xlog:gc", "-verbose")
                .contains("-Dlog.file=" + folder.resolve("log/taskmanager-2.log"))
                .anyMatch(argument -> argument.startsWith("-XX:MaxDirectMemorySize="));
        assertThat(command.mainClass()).endsWith(".TaskManagerRunner");
        assertThat(command.arguments())
                .startsWith("--configDir", folder.toString())
                .contains("taskmanager.resource-id=taskmanager-2-17")
                .anyMatch(argument -> argument.startsWith("taskmanager.memory.managed.size="));
    }
}
