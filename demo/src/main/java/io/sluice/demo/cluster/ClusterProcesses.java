package io.sluice.demo.cluster;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.FreePorts;
import io.sluice.demo.process.JavaProcess;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Flink session cluster of real processes on this machine, as {@link FlinkLaunch} starts them,
 * with the shipped configuration. Any process can be killed as {@code kill -9} does. All of them
 * end when this JVM does. Not safe for use by several threads.
 */
public final class ClusterProcesses implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ClusterSettings settings;
    private final FlinkLaunch launch;
    private final FlinkRest rest;
    private final URI webUrl;
    private final List<JavaProcess> taskManagers = new ArrayList<>();
    private JavaProcess jobManager;

    private ClusterProcesses(ClusterSettings settings) throws IOException {
        List<Integer> ports = FreePorts.pick(2);
        this.settings = settings;
        this.webUrl = URI.create("http://localhost:" + ports.get(0));
        this.rest = new FlinkRest(webUrl);
        Path directory = settings.directory();
        Path conf = directory.resolve("conf");
        this.launch = new FlinkLaunch(conf, directory.resolve("log"), settings.classPath());
        Files.createDirectories(directory.resolve("tmp"));
        ClusterConfiguration.write(conf, changes(settings, ports));
    }

    private static Map<String, String> changes(ClusterSettings settings, List<Integer> ports) {
        Map<String, String> changes =
                new TreeMap<>(ClusterConfiguration.addresses(ports.get(0), ports.get(1)));
        changes.putAll(ClusterConfiguration.folders(settings.directory()));
        changes.put(
                "taskmanager.numberOfTaskSlots", Integer.toString(settings.slotsPerTaskManager()));
        changes.putAll(settings.options());
        return changes;
    }

    /**
     * Starts the job manager and the task managers; the cluster accepts jobs when this returns.
     *
     * @throws ClusterStartException if a process ends or does not register; then nothing runs
     */
    public static ClusterProcesses start(ClusterSettings settings) {
        ClusterProcesses cluster;
        try {
            cluster = new ClusterProcesses(settings);
        } catch (IOException exception) {
            throw new ClusterStartException(
                    "cannot write the cluster's files in %s: %s"
                            .formatted(settings.directory(), exception),
                    exception);
        }
        try {
            cluster.startJobManager();
            for (int i = 0; i < settings.taskManagers(); i++) {
                cluster.startTaskManager();
            }
            cluster.awaitTaskManagers(settings.taskManagers());
            return cluster;
        } catch (RuntimeException exception) {
            cluster.close();
            throw new ClusterStartException(
                    "cannot start a Flink cluster in %s: %s"
                            .formatted(settings.directory(), exception.getMessage()),
                    exception);
        }
    }

    private void startJobManager() {
        jobManager =
                JavaProcess.start(launch.jobManager("jobmanager", webUrl.getPort()), launch.logs());
        Await.until(
                "the job manager to answer on " + webUrl,
                PATIENCE,
                () -> {
                    jobManager.requireAlive();
                    return rest.taskManagers() >= 0;
                });
    }

    /**
     * Starts one more task manager and returns at once; {@link #awaitTaskManagers} tells when it
     * has registered.
     *
     * @return its number, from 0, in the order they were started
     */
    public int startTaskManager() {
        int number = taskManagers.size();
        String name = "taskmanager-" + number;
        taskManagers.add(JavaProcess.start(launch.taskManager(name, name), launch.logs()));
        return number;
    }

    /**
     * Waits until exactly so many task managers are registered: after a kill, too, since the job
     * manager notices it some seconds later.
     */
    public void awaitTaskManagers(int count) {
        Await.until(
                count + " task managers to be registered",
                PATIENCE,
                () -> {
                    jobManager.requireAlive();
                    return rest.taskManagers() == count;
                });
    }

    /**
     * Kills a task manager as {@code kill -9} does, and waits until it is gone.
     *
     * @param number as {@link #startTaskManager} gave it
     */
    public void killTaskManager(int number) {
        taskManagers.get(number).kill();
    }

    /** Kills the job manager as {@code kill -9} does. A session cluster has then lost its jobs. */
    public void killJobManager() {
        jobManager.kill();
    }

    /** The cluster's REST interface: submit, watch and cancel jobs. */
    public FlinkRest rest() {
        return rest;
    }

    /** Where the web page is. */
    public URI webUrl() {
        return webUrl;
    }

    /** Kills all processes. Checkpoints, savepoints and logs stay. */
    @Override
    public void close() {
        taskManagers.forEach(JavaProcess::close);
        if (jobManager != null) {
            jobManager.close();
        }
    }
}
