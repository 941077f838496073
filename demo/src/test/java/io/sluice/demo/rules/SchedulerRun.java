package io.sluice.demo.rules;

import org.apache.flink.api.common.JobID;

import java.time.Duration;
import java.util.Map;

/** The scheduler job of one scene, which its test checkpoints, kills and brings back. */
final class SchedulerRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Scene scene;
    private final Stage stage;
    private JobID job;

    private SchedulerRun(Scene scene) {
        this.scene = scene;
        this.stage = scene.stage();
    }

    /** Starts the job; all its tasks run when this returns. */
    static SchedulerRun start(Scene scene, Map<String, String> options, Blueprint.Change change) {
        SchedulerRun run = new SchedulerRun(scene);
        run.submit(options, change, "");
        return run;
    }

    /** Starts the job with the options of the rules' tests. */
    static SchedulerRun start(Scene scene, Blueprint.Change change) {
        return start(scene, options(scene), change);
    }

    /** The options of the rules' tests. */
    static Map<String, String> options(Scene scene) {
        return Blueprint.options(scene.stage().bootstrapServers(), scene.prefix().value());
    }

    private void submit(Map<String, String> options, Blueprint.Change change, String restoreFrom) {
        Blueprint blueprint = change.apply(Blueprint.of(options));
        job = stage.cluster().submit(blueprint.build(scene.prefix().value(), restoreFrom));
        stage.cluster().awaitRunning(job, PATIENCE);
    }

    /** Takes a checkpoint, and with it commits what was written. */
    String checkpoint() {
        return stage.cluster().checkpoint(job);
    }

    /** Saves the state, but commits nothing. */
    String savepoint() {
        return stage.cluster().savepoint(job);
    }

    /** Kills the job's task manager; the job restarts from its last checkpoint on another one. */
    void kill() {
        kill(() -> {});
    }

    /**
     * Kills the job's task manager, and gives the job another one when something has been done.
     *
     * @param meanwhile what happens while the job is down
     */
    void kill(Runnable meanwhile) {
        String id = job.toHexString();
        int before = stage.rest().restoredCheckpoints(id);
        stage.killTaskManager();
        meanwhile.run();
        stage.replaceTaskManager();
        scene.await("the job to be restored", () -> stage.rest().restoredCheckpoints(id) > before);
        scene.await("the restored job to run", () -> stage.cluster().allTasksRun(job));
    }

    /**
     * Kills the job's task manager and gives the job up; then submits it again.
     *
     * @param restoreFrom checkpoint or savepoint to begin with
     * @param change how the second job differs from the documented one
     * @param meanwhile what happens while no job runs
     */
    void replace(String restoreFrom, Blueprint.Change change, Runnable meanwhile) {
        stage.killTaskManager();
        stage.cluster().cancel(job);
        meanwhile.run();
        stage.replaceTaskManager();
        submit(options(scene), change, restoreFrom);
    }

    @Override
    public void close() {
        stage.cluster().cancel(job);
    }
}
