package io.sluice.demo.submit;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.DurationConverter;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.JobStart;
import io.sluice.demo.cluster.JobSummary;
import io.sluice.demo.local.ClusterOption;
import io.sluice.demo.process.AwaitException;
import io.sluice.jobs.KafkaOptions;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice submit}: a job of this project, on a session cluster. */
@Command(
        name = "submit",
        description = {
            "Submit a job to a Flink cluster over its REST interface, and wait until all of its tasks"
                    + " run, or tell why they do not. The job goes on without this command.",
            ""
        },
        footer = {
            "",
            "Options of the job follow '--':",
            "  sluice submit scheduler -- --sluice.scheduler.checkpoint-interval '2 s'",
            "On a cluster of 'sluice cluster' the job is told the brokers, unless its options say."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SubmitCommand implements Callable<Integer> {

    private static final String BROKERS = "--" + KafkaOptions.BOOTSTRAP_SERVERS.key();

    @Parameters(index = "0", paramLabel = "JOB", description = "${COMPLETION-CANDIDATES}.")
    private @Nullable JobChoice job;

    @Parameters(
            index = "1..*",
            paramLabel = "OPTIONS",
            arity = "0..*",
            description = "Options of the job, after '--'.")
    private List<String> jobOptions = new ArrayList<>();

    @Mixin private ClusterOption cluster = new ClusterOption();

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The jar of the jobs (default: the one of this build).")
    private @Nullable Path jar = property("sluice.jobs.jar");

    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "Subtasks of each operator (default: that of the cluster).")
    private @Nullable Integer parallelism;

    @Option(
            names = {"-s", "--from-savepoint"},
            paramLabel = "PATH",
            description = "Start with the state of a savepoint, or of a retained checkpoint.")
    private @Nullable String savepoint;

    @Option(
            names = {"-n", "--allow-non-restored-state"},
            description =
                    "Start although the savepoint has state that the job has no operator for.")
    private boolean allowNonRestoredState;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "2m",
            converter = DurationConverter.class,
            description = "How long the tasks may take to run (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--beside",
            description =
                    "Submit although a job of this name is there. Only with another topic prefix: two on the"
                            + " same topics undo each other's work.")
    private boolean beside;

    @Spec private @Nullable CommandSpec spec;

    private static @Nullable Path property(String name) {
        String value = System.getProperty(name);
        return value == null ? null : Path.of(value);
    }

    /** Returns when all tasks run. */
    @Override
    public Integer call() {
        JobChoice choice = Objects.requireNonNull(job, "required by picocli");
        Path file = requireJar();
        FlinkRest rest = cluster.rest();
        if (!beside) {
            requireNone(choice, rest);
        }
        String id = rest.run(file, start(choice));
        PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        out.printf("%s is job %s%n", choice.jobName(), id);
        out.printf("page  %s%n", cluster.url().resolve("/#/job/running/" + id + "/overview"));
        out.flush();
        try {
            rest.awaitRunning(id, timeout);
        } catch (AwaitException exception) {
            throw new CommandException(exception.getMessage(), exception);
        }
        out.println("all tasks run");
        out.flush();
        return ExitCode.OK;
    }

    private Path requireJar() {
        if (jar == null) {
            throw new CommandException("name the jar of the jobs with --jar");
        }
        if (!Files.isRegularFile(jar)) {
            throw new CommandException(
                    "there is no jar %s; './mvnw -DskipTests package' makes it, or name another with --jar"
                            .formatted(jar));
        }
        return jar;
    }

    private void requireNone(JobChoice choice, FlinkRest rest) {
        for (JobSummary there : choice.on(rest)) {
            throw new CommandException(
                    "%s is there already, as job %s (%s); stop it with 'sluice savepoint %s --stop', or give --beside if it is for other topics"
                            .formatted(there.name(), there.id(), there.state(), choice.name()));
        }
    }

    private JobStart start(JobChoice choice) {
        List<String> arguments = new ArrayList<>(jobOptions);
        if (!arguments.contains(BROKERS)) {
            cluster.bootstrapServers()
                    .ifPresent(brokers -> arguments.addAll(List.of(BROKERS, brokers)));
        }
        return new JobStart(
                choice.mainClass(), arguments, parallelism, savepoint, allowNonRestoredState);
    }
}
