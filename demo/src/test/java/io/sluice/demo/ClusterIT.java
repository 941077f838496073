package io.sluice.demo;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.process.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.sluice.demo.LocalInstallation.PATIENCE;
import static io.sluice.demo.LocalInstallation.checkpoints;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code sluice cluster}, {@code submit} and {@code savepoint} from the packaged jars: a cluster
 * that outlives its command, and a scheduler job that outlives the job manager.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ClusterIT {

    private LocalInstallation cluster;

    @BeforeEach
    void inAFolder(@TempDir Path folder) {
        cluster = new LocalInstallation(folder);
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        cluster.sluice("cluster", "stop");
    }

    @Test
    void goesOnFromItsLastCheckpointAfterTheLossOfItsJobManager() throws Exception {
        FlinkRest rest = startCluster();
        String job = submitJob(rest);
        Await.until("a checkpoint", PATIENCE, () -> rest.completedCheckpoints(job) > 0);
        int checkpoint = checkpoints(rest, job).at("/latest/completed/id").asInt();

        killAndStartAgain();

        rest.awaitRunning(job, PATIENCE);
        assertThat(checkpoints(rest, job).at("/latest/restored/id").asInt())
                .isGreaterThanOrEqualTo(checkpoint);
        assertThat(cluster.succeeds("cluster", "status"))
                .contains(job, "RUNNING", "2 of 2 task managers");
        String savepoint = cluster.succeeds("savepoint", "scheduler", "--stop").strip();
        assertThat(Path.of(URI.create(savepoint)).resolve("_metadata")).isNotEmptyFile();
        cluster.succeeds("submit", "scheduler", "--from-savepoint=" + savepoint);

        List<Long> all = cluster.pids();
        assertThat(cluster.succeeds("cluster", "stop"))
                .contains("jobmanager", "broker")
                .doesNotContain("killed");
        assertThat(all).hasSize(5).noneMatch(LocalInstallation::runs);
        assertThat(cluster.succeeds("cluster", "stop")).startsWith("nothing of the cluster");
    }

    /** Two task managers with a slot each, so that the loss of one is felt. */
    private FlinkRest startCluster() throws Exception {
        String started =
                cluster.succeeds(
                        "cluster",
                        "start",
                        "--task-managers=2",
                        "--slots=1",
                        "--web-port=0",
                        "--zookeeper-port=0",
                        "--broker-port=0",
                        "-Djobmanager.memory.process.size=800m",
                        "-Dtaskmanager.memory.process.size=1g");
        URI page = cluster.page();
        assertThat(started).contains("ready after", page.toString(), cluster.bootstrapServers());
        assertThat(cluster.pids()).hasSize(5).allMatch(LocalInstallation::runs);
        assertThat(cluster.fails("cluster", "start")).contains("runs already");
        assertThat(cluster.fails("cluster", "start", "--slots=3"))
                .contains("runs with other options");
        return new FlinkRest(page);
    }

    private String submitJob(FlinkRest rest) throws Exception {
        String broker = cluster.bootstrapServers();
        int code =
                SluiceApps.commandLine().execute("topics", "create", "--bootstrap-servers", broker);
        assertThat(code).isZero();
        assertThat(cluster.succeeds("submit", "scheduler", "--parallelism=2"))
                .contains("sluice-scheduler is job", "all tasks run");
        assertThat(cluster.fails("submit", "scheduler")).contains("is there already");
        return rest.jobs().get(0).id();
    }

    private void killAndStartAgain() throws Exception {
        long survivor = cluster.pid("taskmanager-2");
        cluster.kill("jobmanager");
        cluster.kill("taskmanager-1");
        assertThat(cluster.fails("cluster", "status"))
                .contains("does not answer")
                .containsPattern("jobmanager +\\d+ +dead")
                .containsPattern("taskmanager-2 +%d +up".formatted(survivor));

        assertThat(cluster.succeeds("cluster", "start"))
                .contains("jobmanager", "taskmanager-1")
                .doesNotContain("zookeeper", "taskmanager-2");

        assertThat(cluster.pid("taskmanager-2")).isEqualTo(survivor);
    }
}
