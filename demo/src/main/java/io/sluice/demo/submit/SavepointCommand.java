package io.sluice.demo.submit;

import io.sluice.apps.cli.DurationConverter;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.Savepoints;
import io.sluice.demo.local.ClusterOption;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice savepoint}: the state of a running job, to start from later. */
@Command(
        name = "savepoint",
        description = {
            "Take a savepoint of a running job, stop it with one if asked, and print its path, which"
                    + " 'sluice submit --from-savepoint' takes.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SavepointCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JOB", description = "scheduler, sla, or the id of a job.")
    private String job = "";

    @Mixin private ClusterOption cluster = new ClusterOption();

    @Option(names = "--stop", description = "Stop the job with it.")
    private boolean stop;

    @Option(
            names = "--to",
            paramLabel = "URI",
            description =
                    "The folder that gets it, as all processes of the cluster see it (default: that of the"
                            + " cluster's configuration).")
    private @Nullable String folder;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "2m",
            converter = DurationConverter.class,
            description = "How long it may take (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Spec private @Nullable CommandSpec spec;

    /** Returns when the savepoint is complete. */
    @Override
    public Integer call() {
        FlinkRest rest = cluster.rest();
        String id = JobChoice.id(job, rest);
        Savepoints savepoints = new Savepoints(rest, timeout);
        String path = stop ? savepoints.stop(id, folder) : savepoints.take(id, folder);
        PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        out.println(path);
        out.flush();
        return ExitCode.OK;
    }
}
