package io.sluice.demo.cluster;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.FreePorts;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Flink session cluster of real processes on this machine: the entry points, memory arguments and
 * configuration file of Flink's own start scripts, without a Flink distribution. Any process can be
 * killed as {@code kill -9} does. All of them end when this JVM does. Not safe for use by several
 * threads.
 */
public final class ClusterProcesses implements AutoCloseable {

    /**
     * The packages that the configuration of Flink's distribution opens on Java 17. A job manager
     * that runs an uploaded jar needs at least {@code java.util}; user code that falls back to
     * Kryo, more.
     */
    private static final List<String> OPENED_PACKAGES =
            List.of(
                    "java.lang",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks",
                    "sun.nio.ch");

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ClusterSettings settings;
    private final Configuration configuration;
    private final FlinkRest rest;
    private final URI webUrl;
    private final List<JavaProcess> taskManagers = new ArrayList<>();
    private JavaProcess jobManager;

    private ClusterProcesses(ClusterSettings settings) throws IOException {
        List<Integer> ports = FreePorts.pick(2);
        this.settings = settings;
        this.webUrl = URI.create("http://localhost:" + ports.get(0));
        this.rest = new FlinkRest(webUrl);
        Files.createDirectories(settings.directory().resolve("tmp"));
        this.configuration =
                ClusterConfiguration.write(settings, conf(settings), ports.get(0), ports.get(1));
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
        JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
        jobManager =
                launch(
                        "jobmanager",
                        JobManagerProcessUtils.generateJvmParametersStr(memory, configuration),
                        StandaloneSessionClusterEntrypoint.class,
                        JobManagerProcessUtils.generateDynamicConfigsStr(memory));
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
        TaskExecutorProcessSpec memory =
                TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        taskManagers.add(
                launch(
                        "taskmanager-" + number,
                        ProcessMemoryUtils.generateJvmParametersStr(memory),
                        TaskManagerRunner.class,
                        TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
        return number;
    }

    private JavaProcess launch(String name, String jvm, Class<?> main, String dynamicOptions) {
        Path logs = settings.directory().resolve("log");
        List<String> jvmArguments = new ArrayList<>(words(jvm));
        OPENED_PACKAGES.forEach(
                opened -> jvmArguments.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
        // Where Flink's web page looks for the log it shows.
        jvmArguments.add("-Dlog.file=" + logs.resolve(name + ".log"));
        List<String> arguments = new ArrayList<>();
        arguments.add("--configDir");
        arguments.add(conf(settings).toString());
        arguments.addAll(words(dynamicOptions));
        return JavaProcess.start(
                new JavaCommand(
                        name, settings.classPath(), jvmArguments, main.getName(), arguments),
                logs);
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

    private static Path conf(ClusterSettings settings) {
        return settings.directory().resolve("conf");
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.strip().split("\\s+")).toList();
    }
}
