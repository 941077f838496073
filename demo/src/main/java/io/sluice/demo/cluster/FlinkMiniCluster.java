package io.sluice.demo.cluster;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;
import io.sluice.demo.process.FreePorts;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

/**
 * A Flink cluster inside this JVM, with its web page: dispatcher, job managers and task managers as
 * threads that talk over the same protocols as processes would. Task managers can be killed and
 * added while jobs run. Closing it cancels nothing gently: jobs end with the cluster.
 */
public final class FlinkMiniCluster implements AutoCloseable {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    /** As in {@code deploy/flink/config.yaml}; the second keeps the bounds of buckets readable. */
    private static final Map<String, String> PROMETHEUS =
            Map.of(
                    "metrics.reporter.prom.factory.class",
                    "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                    "metrics.reporter.prom.filterLabelValueCharacters",
                    "false");

    private final MiniCluster cluster;
    private final URI webUrl;

    private FlinkMiniCluster(MiniCluster cluster, URI webUrl) {
        this.cluster = cluster;
        this.webUrl = webUrl;
    }

    /**
     * Starts a cluster; it accepts jobs when this returns.
     *
     * @throws ClusterStartException if the web port is taken or the cluster does not start
     */
    public static FlinkMiniCluster start(MiniClusterSettings settings) {
        requireFree("Flink's web page", settings.webPort());
        requireFree("Flink's metrics", settings.metricsPort());
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration(settings))
                                .setNumTaskManagers(settings.taskManagers())
                                .setNumSlotsPerTaskManager(settings.slotsPerTaskManager())
                                .build());
        try {
            cluster.start();
            URI webUrl = await("the web page", cluster.getRestAddress());
            FlinkRest rest = new FlinkRest(webUrl);
            Await.until(
                    "the task managers to register",
                    CALL_TIMEOUT,
                    () -> rest.taskManagers() == settings.taskManagers());
            return new FlinkMiniCluster(cluster, webUrl);
        } catch (Exception exception) {
            // MiniCluster.start declares Exception.
            cluster.closeAsync();
            throw new ClusterStartException("cannot start Flink: " + exception, exception);
        }
    }

    private static void requireFree(String what, int port) {
        if (port != 0 && !FreePorts.isFree(port)) {
            throw new ClusterStartException(
                    "cannot serve %s on localhost:%d: the port is in use; stop what listens there or choose another port"
                            .formatted(what, port));
        }
    }

    private static Configuration configuration(MiniClusterSettings settings) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "localhost");
        configuration.set(RestOptions.BIND_ADDRESS, "localhost");
        configuration.set(RestOptions.BIND_PORT, Integer.toString(settings.webPort()));
        // What the web page is sent; by default Flink leaves it in the machine's temporary folder.
        configuration.set(WebOptions.TMP_DIR, settings.directory().toString());
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                settings.directory().resolve("checkpoints").toUri().toString());
        configuration.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                settings.directory().resolve("savepoints").toUri().toString());
        if (settings.metricsPort() != 0) {
            PROMETHEUS.forEach(configuration::setString);
            configuration.setString(
                    "metrics.reporter.prom.port", Integer.toString(settings.metricsPort()));
        }
        return configuration;
    }

    /** Where the web page and the REST interface are. */
    public URI webUrl() {
        return webUrl;
    }

    /**
     * Submits what was built on an environment and returns at once.
     *
     * @param environment holds the topology, its settings and nothing submitted yet
     * @return the job, to be awaited or cancelled
     */
    public JobID submit(StreamExecutionEnvironment environment) {
        return await(
                        "the submission",
                        cluster.submitJob(environment.getStreamGraph().getJobGraph()))
                .getJobID();
    }

    /** The job's present status. */
    public JobStatus status(JobID job) {
        return await("the status of job " + job, cluster.getJobStatus(job));
    }

    /**
     * Waits until every task of the job runs, which is later than the job's own status says.
     *
     * @throws AwaitException if it does not in time, or ends instead
     */
    public void awaitRunning(JobID job, Duration timeout) {
        Await.until("all tasks of job " + job + " to run", timeout, () -> allTasksRun(job));
    }

    /**
     * Whether every task of the job runs now.
     *
     * @throws AwaitException if the job has ended
     */
    public boolean allTasksRun(JobID job) {
        AccessExecutionGraph graph = await("job " + job, cluster.getExecutionGraph(job));
        if (graph.getState().isGloballyTerminalState()) {
            var failure = graph.getFailureInfo();
            throw new AwaitException(
                    "job %s is %s instead of running%s"
                            .formatted(
                                    job,
                                    graph.getState(),
                                    failure == null ? "" : ": " + failure.getExceptionAsString()));
        }
        return graph.getState() == JobStatus.RUNNING
                && StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
                        .allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
    }

    /**
     * Waits until a job has ended in whatever way.
     *
     * @return how it ended, with the failure if it failed
     * @throws AwaitException if it runs on
     */
    public JobResult awaitEnd(JobID job, Duration timeout) {
        return await("the end of job " + job, cluster.requestJobResult(job), timeout);
    }

    /** Cancels a job and waits until all of its tasks have ended. */
    public void cancel(JobID job) {
        await("the cancellation of job " + job, cluster.cancelJob(job));
        awaitEnd(job, CALL_TIMEOUT);
    }

    /**
     * Takes a checkpoint now.
     *
     * @return where it is, as a URI that a job can be restored from
     */
    public String checkpoint(JobID job) {
        return await("a checkpoint of job " + job, cluster.triggerCheckpoint(job));
    }

    /**
     * Takes a savepoint now. Unlike a checkpoint it commits nothing that the job has written in
     * transactions, and the job does not recover from it by itself.
     *
     * @return where it is, as a URI that a job can be restored from
     */
    public String savepoint(JobID job) {
        // No folder: that of the configuration.
        return await(
                "a savepoint of job " + job,
                cluster.triggerSavepoint(job, null, false, SavepointFormatType.CANONICAL));
    }

    /**
     * Stops a task manager and all tasks on it, as a lost machine does.
     *
     * @param index in the order they were started, from 0
     */
    public void killTaskManager(int index) {
        await("the end of task manager " + index, cluster.terminateTaskManager(index));
    }

    /** Adds a task manager with as many slots as the others. */
    public void startTaskManager() {
        try {
            cluster.startTaskManager();
        } catch (Exception exception) {
            // MiniCluster.startTaskManager declares Exception.
            throw new ClusterStartException("cannot add a task manager: " + exception, exception);
        }
    }

    /** Stops the cluster and every job on it, and waits until all threads are gone. */
    @Override
    public void close() {
        await("the end of the cluster", cluster.closeAsync());
    }

    private static <T> T await(String what, CompletableFuture<T> future) {
        return await(what, future, CALL_TIMEOUT);
    }

    private static <T> T await(String what, CompletableFuture<T> future, Duration timeout) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException exception) {
            throw new AwaitException(what + " failed: " + exception.getCause(), exception);
        } catch (TimeoutException exception) {
            throw new AwaitException(
                    "gave up after %d ms waiting for %s".formatted(timeout.toMillis(), what),
                    exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new AwaitException("interrupted while waiting for " + what, exception);
        }
    }
}
