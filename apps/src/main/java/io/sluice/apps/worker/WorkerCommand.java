package io.sluice.apps.worker;

import io.sluice.apps.cli.DurationConverter;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.apps.cli.SimulatedModel;
import io.sluice.apps.metrics.MetricsServer;
import io.sluice.apps.profile.ProfileChoice;
import io.sluice.schemas.Topic;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.TimeScale;
import io.sluice.sim.worker.WorkerSettings;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/** {@code sluice worker}: a worker of a simulated GPU server, as a process. */
@Command(
        name = "worker",
        description = {
            "Execute dispatch commands on a simulated GPU server, until Ctrl-C or SIGTERM.",
            "",
            "Reads its partition of the dispatch topic, runs what it is told on a model of a GPU with"
                    + " continuous batching, and reports every event. When asked to stop it takes"
                    + " nothing more, gives back what has not started, lets the rest finish, and"
                    + " exits with 0. A worker that was killed reports at its next start, with the"
                    + " same ledger, what became of everything it had accepted.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = false)
public final class WorkerCommand implements Callable<Integer> {

    @Option(
            names = "--simulate",
            paramLabel = "PROFILE",
            required = true,
            description =
                    "The GPU server: A100_4B, A100_7B, A5000_4B, or RTXPRO6000_8B, all fitted from"
                            + " measurements, or the file of a profile from sluice calibrate.")
    private String profile = "";

    @Option(
            names = "--instance-id",
            paramLabel = "ID",
            required = true,
            description = "The instance this is the worker of; one worker each.")
    private String instanceId = "";

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = SimulatedModel.NAME,
            description =
                    "Model it says it serves; replay asks for the same unless told otherwise"
                            + " (default: ${DEFAULT-VALUE}).")
    private String model = SimulatedModel.NAME;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Sequences that run at once (default: that of the profile).")
    private @Nullable Integer batch;

    @Option(
            names = "--speedup",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many times faster than the real GPU everything runs (default: ${DEFAULT-VALUE})."
                            + " Latencies are reported as measured, not multiplied back.")
    private double speedup;

    @Option(
            names = "--fail-rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "Part of the runs that fail, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double failRate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Seed of everything drawn: failures, and output lengths nobody named"
                            + " (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--progress-every",
            paramLabel = "TOKENS",
            defaultValue = "" + EngineSpec.PROGRESS_EVERY_TOKENS,
            description =
                    "Report how far a run has come after each so many output tokens; 0 for never"
                            + " (default: ${DEFAULT-VALUE}).")
    private int progressEvery;

    @Option(
            names = "--dispatch-partition",
            paramLabel = "P",
            description =
                    "Partition of the dispatch topic to read (default: the hash of the instance id).")
    private @Nullable Integer dispatchPartition;

    @Option(
            names = "--ledger-dir",
            paramLabel = "DIR",
            defaultValue = "${sys:sluice.run.dir:-run}/ledger",
            description =
                    "Where its ledger lies. Keep it between starts (default: ${DEFAULT-VALUE}).")
    private Path ledgerDirectory = Path.of("run", "ledger");

    @Option(
            names = "--ledger-retention",
            paramLabel = "TIME",
            defaultValue = "2h",
            converter = DurationConverter.class,
            description =
                    "How long ended runs are remembered, at least the scheduler's dedup window"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration ledgerRetention = Duration.ZERO;

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "Time between heartbeats (default: ${DEFAULT-VALUE}).")
    private Duration heartbeat = Duration.ZERO;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description =
                    "Time without a heartbeat after which the scheduler takes it for dead; the same as"
                            + " the scheduler's (default: ${DEFAULT-VALUE}).")
    private Duration lease = Duration.ZERO;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description =
                    "How long what runs may take to finish when the worker is stopped; it is given"
                            + " back then (default: ${DEFAULT-VALUE}).")
    private Duration drainTimeout = Duration.ZERO;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Serve Prometheus metrics at /metrics on this port; 0 picks one and prints it"
                            + " (default: no metrics).")
    private @Nullable Integer metricsPort;

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        WorkerSpec spec = spec();
        KafkaAccess access = kafka.access();
        PrintWriter out = command().commandLine().getOut();
        try (SimulatedWorker worker =
                        SimulatedWorker.prepare(spec, access, line -> print(out, line));
                MetricsServer metrics = serve(worker)) {
            print(out, introduction(spec, access, worker, metrics));
            worker.start();
            OrderlyExit.during(
                    () -> print(out, worker.await().line()), () -> worker.leave(drainTimeout));
            return 0;
        }
    }

    private WorkerSpec spec() {
        try {
            TimeScale.of(speedup, 0);
            EngineProfile engine = ProfileChoice.of(profile);
            if (batch != null) {
                engine = engine.withLimits(engine.limits().withMaxSequences(batch));
            }
            return new WorkerSpec(
                    instanceId,
                    new EngineSpec(engine, model, speedup, failRate, seed, progressEvery),
                    new WorkerSettings(
                            heartbeat.toMillis(), lease.toMillis(), ledgerRetention.toMillis()),
                    ledgerDirectory,
                    dispatchPartition == null
                            ? OptionalInt.empty()
                            : OptionalInt.of(dispatchPartition));
        } catch (IllegalArgumentException exception) {
            throw new ParameterException(
                    command().commandLine(), exception.getMessage(), exception);
        }
    }

    private @Nullable MetricsServer serve(SimulatedWorker worker) {
        return metricsPort == null ? null : MetricsServer.start(metricsPort, worker::metrics);
    }

    private static String introduction(
            WorkerSpec spec,
            KafkaAccess kafka,
            SimulatedWorker worker,
            @Nullable MetricsServer metrics) {
        String page =
                metrics == null
                        ? ""
                        : "; metrics on http://localhost:%d/metrics".formatted(metrics.port());
        return "%s simulates %s at speed %s with %d sequences, reads %s-%d, writes %s-%d%s"
                .formatted(
                        spec.instanceId(),
                        spec.engine().profile().name(),
                        spec.engine().speedup(),
                        spec.engine().profile().limits().maxSequences(),
                        kafka.name(Topic.DISPATCH),
                        worker.dispatchPartition(),
                        kafka.name(Topic.WORKER_EVENTS),
                        worker.eventsPartition(),
                        page);
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
