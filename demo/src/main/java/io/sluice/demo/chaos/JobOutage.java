package io.sluice.demo.chaos;

import io.sluice.demo.cluster.FlinkRestException;
import io.sluice.demo.local.RunningCluster;
import io.sluice.demo.local.RunningCluster.Role;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;
import io.sluice.demo.process.StandingProcess;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * All of Flink is killed as soon as a checkpoint is complete, which is when its outcomes begin to
 * be committed, and is away for a while.
 *
 * @param job the id of the job whose checkpoints are watched
 */
record JobOutage(RunningCluster cluster, String job) implements Fault {

    private static final Duration CHECKPOINT = Duration.ofSeconds(20);

    @Override
    public String target() {
        return "flink";
    }

    @Override
    public void inject() {
        awaitCheckpoint();
        members().forEach(one -> cluster.process(one).ifPresent(StandingProcess::kill));
    }

    /** Without one, as after a fault just before, it is killed all the same. */
    private void awaitCheckpoint() {
        try {
            int before = cluster.rest().completedCheckpoints(job);
            Await.until(
                    "a checkpoint",
                    CHECKPOINT,
                    () -> cluster.rest().completedCheckpoints(job) > before);
        } catch (AwaitException | FlinkRestException none) {
            // As said.
        }
    }

    private List<String> members() {
        return Stream.of(Role.JOB_MANAGER, Role.TASK_MANAGER)
                .flatMap(role -> cluster.members(role).stream())
                .toList();
    }

    @Override
    public void heal() {
        members().forEach(cluster::launch);
    }
}
