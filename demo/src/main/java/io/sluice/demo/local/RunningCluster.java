package io.sluice.demo.local;

import io.sluice.apps.cli.CommandException;
import io.sluice.demo.cluster.ClusterConfiguration;
import io.sluice.demo.cluster.ClusterStartException;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.process.StandingProcess;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A cluster of this machine for a program that disturbs it: its processes can be killed, told apart
 * and launched again one by one. Not safe for use by several threads, or beside commands that start
 * or stop the same cluster.
 */
public final class RunningCluster implements AutoCloseable {

    /** What a process of a cluster is there for. */
    public enum Role {
        /** One that keeps topics. */
        BROKER("broker"),
        /** The one that runs jobs. */
        JOB_MANAGER("jobmanager"),
        /** One that runs tasks of jobs. */
        TASK_MANAGER("taskmanager");

        private final String prefix;

        Role(String prefix) {
            this.prefix = prefix;
        }
    }

    private final ClusterFolder folder;
    private final LocalSettings settings;
    private final LocalCluster processes;

    private RunningCluster(ClusterFolder folder, LocalSettings settings, LocalCluster processes) {
        this.folder = folder;
        this.settings = settings;
        this.processes = processes;
    }

    /**
     * Starts a cluster, and returns when it is ready.
     *
     * @param directory its folder; a cluster that was there goes on
     * @param options those of {@code sluice cluster start}
     * @param console told of each process in a line
     * @throws CommandException if it runs already, or a port is taken
     * @throws ClusterStartException if a process ends or does not become ready
     */
    public static RunningCluster start(
            Path directory, List<String> options, Consumer<String> console) {
        ClusterFolder folder = new ClusterFolder(directory);
        StartOptions wanted =
                CommandLine.populateCommand(new StartOptions(), options.toArray(String[]::new));
        LocalSettings settings = wanted.over(folder.settings(), false);
        LocalCluster cluster = new LocalCluster(folder, settings, console);
        folder.alone(
                () -> {
                    cluster.start();
                    return cluster;
                });
        return new RunningCluster(folder, settings, cluster);
    }

    /**
     * Where a cluster writes its checkpoints.
     *
     * @param directory its folder
     */
    public static Path checkpoints(Path directory) {
        String folder =
                ClusterConfiguration.folders(new ClusterFolder(directory).path())
                        .get("execution.checkpointing.dir");
        return Path.of(URI.create(folder));
    }

    /** The names of the processes of a role, whether they run or not. */
    public List<String> members(Role role) {
        return processes.members().all().stream()
                .map(Member::name)
                .filter(name -> name.startsWith(role.prefix))
                .toList();
    }

    /** A process that runs; empty if it does not. */
    public Optional<StandingProcess> process(String member) {
        return folder.processes().running(member);
    }

    /**
     * Starts a process that does not run, and does not wait until it is ready.
     *
     * @throws IllegalArgumentException if there is none of this name
     * @throws IllegalStateException if it runs
     */
    public void launch(String member) {
        // Made anew, because a task manager takes another id with each start.
        Member found =
                new Members(folder, settings)
                        .all().stream()
                                .filter(one -> one.name().equals(member))
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "no process is called " + member));
        folder.processes().start(found.command().get());
    }

    /** Flink's REST interface. */
    public FlinkRest rest() {
        return processes.members().rest();
    }

    /** The brokers; null if nobody said. */
    public @Nullable String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** Stops every process. */
    @Override
    public void close() {
        folder.alone(
                () -> {
                    processes.stop();
                    return processes;
                });
    }
}
