package io.sluice.apps.replay;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.apps.cli.SimulatedModel;
import io.sluice.apps.cli.Terminal;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.workload.Prediction;
import io.sluice.apps.trace.workload.Workload;
import io.sluice.apps.trace.workload.WorkloadOptions;
import io.sluice.apps.trace.workload.WorkloadSpec;

import org.apache.kafka.clients.producer.Producer;

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
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code sluice replay}: sends a trace to Kafka in its own rhythm. */
@Command(
        name = "replay",
        description = {
            "Send a trace to Kafka, in the trace's own rhythm.",
            "",
            "Each request is sent when it is due, whatever the broker does; at the end a summary says"
                    + " how far behind that fell. Request ids are made of the trace, the seed and the"
                    + " place in the trace, so a scheduler drops a second replay as duplicates for as"
                    + " long as it remembers the first; --run-id keeps them apart. Requests that wait"
                    + " for others in the trace are sent without that, unless --wait-for is given.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = false)
public final class ReplayCommand implements Callable<Integer> {

    /** What a shell reports for a command that Ctrl-C ended. */
    private static final int STOPPED = 130;

    @Mixin private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Seed of everything that is drawn (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = SimulatedModel.NAME,
            description =
                    "Model that requests ask for, or \"recorded\" for the one in the trace (default:"
                            + " ${DEFAULT-VALUE}, which the workers of the demo serve).")
    private String model = SimulatedModel.NAME;

    @Option(
            names = "--predict",
            paramLabel = "HOW",
            defaultValue = "recorded",
            description =
                    "Predicted output lengths: none, exact, or recorded where the trace has them"
                            + " (default: ${DEFAULT-VALUE}).")
    private Prediction prediction = Prediction.RECORDED;

    @Option(
            names = "--wait-for",
            description =
                    "Have requests that continue others wait for them (wait_for), within their"
                            + " conversation as workflow. Recorded arrivals hold that wait already.")
    private boolean waitFor;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "Put before all request ids, to keep two replays apart.")
    private @Nullable String runId;

    @Option(
            names = "--duplicates",
            paramLabel = "P",
            defaultValue = "0",
            description = "Part of the requests that are sent twice, 0 to 1, to try the scheduler.")
    private double duplicates;

    @Option(
            names = "--cancels",
            paramLabel = "P",
            defaultValue = "0",
            description =
                    "Part of the requests that are cancelled, 0 to 1, after a random delay of 2 s on"
                            + " average (divided by the speedup).")
    private double cancels;

    @Option(
            names = "--inline-limit",
            paramLabel = "BYTES",
            defaultValue = "" + ReplaySettings.INLINE_LIMIT_BYTES,
            description =
                    "Longer prompts go to the payload topic and travel as a reference; at most what the"
                            + " scheduler takes (default: ${DEFAULT-VALUE}).")
    private int inlineLimit;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the account of the replay to this file, as JSON.")
    private @Nullable Path report;

    @Option(names = "--quiet", description = "Print no progress, only the summary.")
    private boolean quiet;

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        WorkloadSpec spec = workloadOptions.spec(seed);
        KafkaAccess access = kafka.access();
        ReplaySettings settings = settings(spec, access);
        if (report != null) {
            ReplayReport.requireWritable(report);
        }
        try (Workload workload = Workload.open(spec);
                ReplayProducer producer = ReplayProducer.open(access)) {
            return replay(new ReplayInfo(workload, settings), producer.producer());
        }
    }

    private ReplaySettings settings(WorkloadSpec spec, KafkaAccess access) {
        double speedup = spec.shaping().speedup();
        try {
            RequestIds ids = RequestIds.of(spec.trace().name(), seed);
            return new ReplaySettings(
                    access.prefix(),
                    new RequestFields(
                            runId == null ? ids : ids.withRunId(runId),
                            ModelChoice.parse(model),
                            prediction,
                            waitFor),
                    new Disturbance(duplicates, cancels, speedup, seed),
                    inlineLimit,
                    Duration.ofMillis(250));
        } catch (TraceException | IllegalArgumentException e) {
            throw new ParameterException(command().commandLine(), e.getMessage(), e);
        }
    }

    private int replay(ReplayInfo info, Producer<byte[], byte[]> producer) {
        try (TraceLength.Measuring length =
                quiet ? null : TraceLength.measure(info.workload().spec())) {
            ProgressPrinter printer =
                    length == null
                            ? null
                            : new ProgressPrinter(
                                    command().commandLine().getErr(),
                                    Terminal.isWatched(),
                                    length::known);
            Replayer replayer =
                    new Replayer(
                            producer,
                            info.settings(),
                            ReplayClock.system(),
                            printer == null ? ReplayListener.NONE : printer);
            Optional<TraceException> broken =
                    OrderlyExit.during(() -> run(replayer, info.workload()), replayer::stop);
            if (printer != null) {
                printer.end();
            }
            return account(info, replayer.result(), broken.orElse(null));
        }
    }

    private static Optional<TraceException> run(Replayer replayer, Workload workload) {
        try {
            replayer.run(workload.requests());
            return Optional.empty();
        } catch (TraceException e) {
            return Optional.of(e);
        }
    }

    /** Says how it went: on the console, in the report, and by the exit code. */
    private int account(ReplayInfo info, ReplayResult result, @Nullable TraceException broken) {
        if (report != null) {
            ReplayReport.write(report, info, result, broken);
        }
        if (broken != null && result.counts().requests().sent() == 0) {
            throw broken;
        }
        PrintWriter out = command().commandLine().getOut();
        ReplaySummary.of(info, result).forEach(out::println);
        out.flush();
        if (broken != null) {
            throw broken;
        }
        if (result.counts().failed() > 0) {
            throw new CommandException(
                    "%,d records did not arrive; the first: %s"
                            .formatted(result.counts().failed(), result.problems().get(0)));
        }
        return result.stopped() ? STOPPED : 0;
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
