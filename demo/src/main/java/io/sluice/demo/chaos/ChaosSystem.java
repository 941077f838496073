package io.sluice.demo.chaos;

import io.sluice.apps.SluiceApps;
import io.sluice.apps.cli.CommandException;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.JobStart;
import io.sluice.demo.local.RunningCluster;
import io.sluice.demo.local.RunningCluster.Role;
import io.sluice.demo.process.Await;
import io.sluice.jobs.KafkaOptions;
import io.sluice.jobs.SchedulerJob;
import io.sluice.jobs.SchedulerOptions;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What is disturbed: a cluster with the scheduler job, workers, and whoever sends requests. */
final class ChaosSystem implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final int PARALLELISM = 2;

    private final RunningCluster cluster;
    private final Path checkpoints;
    private final String brokers;
    private final List<ChaosWorker> workers;
    private final Load load;
    private final String job;
    private final Equipment equipment;
    private final Consumer<String> console;

    private ChaosSystem(
            Consumer<String> console,
            RunningCluster cluster,
            Path checkpoints,
            Equipment equipment,
            String brokers,
            List<ChaosWorker> workers,
            Load load,
            String job) {
        this.console = console;
        this.cluster = cluster;
        this.checkpoints = checkpoints;
        this.equipment = equipment;
        this.brokers = brokers;
        this.workers = workers;
        this.load = load;
        this.job = job;
    }

    /**
     * Starts everything, and returns when the job runs. Nothing is sent yet.
     *
     * @throws RuntimeException if something does not start; then nothing is left running
     */
    static ChaosSystem start(ChaosSettings settings, Consumer<String> console) {
        Set<FaultKind> kinds = EnumSet.copyOf(settings.kinds());
        Equipment equipment = Equipment.of(kinds, settings.directory());
        try {
            return start(settings, equipment, console);
        } catch (RuntimeException exception) {
            equipment.close();
            throw exception;
        }
    }

    private static ChaosSystem start(
            ChaosSettings settings, Equipment equipment, Consumer<String> console) {
        Path folder = settings.directory().resolve("cluster");
        Path checkpoints = RunningCluster.checkpoints(folder);
        RunningCluster cluster =
                RunningCluster.start(folder, ClusterTuning.options(settings, checkpoints), console);
        try {
            String brokers = Objects.requireNonNull(cluster.bootstrapServers(), "its own brokers");
            createTopics(cluster, brokers);
            String job = submit(cluster.rest(), settings.jobs(), brokers);
            equipment.connect(EnumSet.copyOf(settings.kinds()), brokers);
            List<ChaosWorker> workers = workers(settings, equipment, brokers);
            Load load = new Load(settings, brokers, settings.directory().resolve("log"), console);
            return new ChaosSystem(
                    console, cluster, checkpoints, equipment, brokers, workers, load, job);
        } catch (RuntimeException exception) {
            cluster.close();
            throw exception;
        }
    }

    /** With copies on all brokers, if there are several: the loss of one is to lose nothing. */
    private static void createTopics(RunningCluster cluster, String brokers) {
        List<String> line = new ArrayList<>(List.of("topics", "create"));
        line.addAll(List.of("--bootstrap-servers", brokers));
        if (cluster.members(Role.BROKER).size() > 1) {
            line.add("--production");
        }
        StringWriter said = new StringWriter();
        int code =
                SluiceApps.commandLine()
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said))
                        .execute(line.toArray(String[]::new));
        if (code != 0) {
            throw new CommandException("the topics cannot be made: " + said);
        }
    }

    private static String submit(FlinkRest rest, Path jar, String brokers) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--" + KafkaOptions.BOOTSTRAP_SERVERS.key(), brokers));
        arguments.addAll(List.of("--" + SchedulerOptions.CHECKPOINT_INTERVAL.key(), "1 s"));
        String job =
                rest.run(
                        jar,
                        new JobStart(
                                SchedulerJob.class.getName(), arguments, PARALLELISM, null, false));
        rest.awaitRunning(job, START);
        return job;
    }

    private static List<ChaosWorker> workers(
            ChaosSettings settings, Equipment equipment, String brokers) {
        List<ChaosWorker> workers =
                IntStream.rangeClosed(1, settings.workers())
                        .mapToObj(
                                number ->
                                        new ChaosWorker(
                                                number,
                                                settings.directory(),
                                                brokers,
                                                equipment.surroundings(number, settings.workers())))
                        .toList();
        workers.forEach(ChaosWorker::start);
        return workers;
    }

    /** Where checkpoints are written. */
    Path checkpoints() {
        return checkpoints;
    }

    RunningCluster cluster() {
        return cluster;
    }

    Equipment equipment() {
        return equipment;
    }

    String brokers() {
        return brokers;
    }

    List<ChaosWorker> workers() {
        return workers;
    }

    Load load() {
        return load;
    }

    /** The id of the scheduler job. */
    String job() {
        return job;
    }

    /** Starts what does not run any more, and waits until the whole job runs. */
    void awaitWhole(Duration patience) {
        for (Role role : Role.values()) {
            cluster.members(role).stream()
                    .filter(member -> cluster.process(member).isEmpty())
                    .forEach(cluster::launch);
        }
        cluster.rest().awaitRunning(job, patience);
        int wanted = cluster.members(Role.TASK_MANAGER).size();
        Await.until(
                wanted + " task managers to be registered",
                patience,
                () -> cluster.rest().taskManagers() >= wanted);
        startDeadWorkers();
    }

    /** As whoever runs them does: a worker ends that finds no broker at its start, say. */
    void startDeadWorkers() {
        for (ChaosWorker worker : workers) {
            if (!worker.process().isAlive()) {
                console.accept("%s had ended, and is started again".formatted(worker.instance()));
                worker.start();
            }
        }
    }

    /** Stops everything. */
    @Override
    public void close() {
        // An interrupt says that it is time to stop; stopping has to wait here and there.
        boolean interrupted = Thread.interrupted();
        load.close();
        workers.forEach(ChaosWorker::close);
        cluster.close();
        equipment.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
