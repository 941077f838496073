package io.sluice.apps.audit;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.DurationConverter;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.audit.Audit;
import io.sluice.audit.AuditException;
import io.sluice.audit.AuditReport;
import io.sluice.audit.AuditSettings;

import org.apache.kafka.common.KafkaException;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice audit}: which promises the records of an installation break. */
@Command(
        name = "audit",
        description = {
            "Read the topics, from the oldest record to where they end now, and say which promises they"
                    + " break: every request one outcome, nothing completed twice by workers that lived,"
                    + " nothing started where nothing may start, lanes in order. Exits with 0 if none is"
                    + " broken, else with 1.",
            "",
            "It shares no code with the programs that write the topics. What has been deleted from them"
                    + " cannot be told, so an installation older than their retention has outcomes of"
                    + " requests that are not there any more.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class AuditCommand implements Callable<Integer> {

    @Option(
            names = "--all-ended",
            description =
                    "Nothing is submitted or running any more: a request without an outcome is lost, not"
                            + " open.")
    private boolean allEnded;

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description =
                    "sluice.scheduler.worker-lease of the job: silence after which a worker counts as dead"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration lease = Duration.ofSeconds(5);

    @Option(
            names = "--any-order",
            description =
                    "Do not judge the order of lanes: for policies that go by something else than class and"
                            + " submission.")
    private boolean anyOrder;

    @Option(
            names = "--known-after",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description =
                    "How long after a later request was sent an earlier one is taken to be known to its lane"
                            + " (default: ${DEFAULT-VALUE}). Longer on a busy machine, where one subtask of"
                            + " the job may stand still while another goes on.")
    private Duration knownAfter = Duration.ofSeconds(1);

    @Option(
            names = "--settled-after",
            paramLabel = "DURATION",
            defaultValue = "15s",
            converter = DurationConverter.class,
            description =
                    "How long after the first dispatch of a restarted job its order is not judged, since its"
                            + " subtasks take up their work one after the other (default: ${DEFAULT-VALUE}).")
    private Duration settledAfter = Duration.ofSeconds(15);

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        AuditReport report = audit(settings());
        PrintWriter out = command().commandLine().getOut();
        if (json) {
            out.println(AuditJson.text(report));
        } else {
            AuditText.lines(report).forEach(out::println);
        }
        out.flush();
        return report.findings().isEmpty() ? 0 : 1;
    }

    private AuditSettings settings() {
        if (lease.isZero() || lease.isNegative()) {
            throw new ParameterException(
                    command().commandLine(), "--lease must be longer than nothing, is " + lease);
        }
        requireNotBefore("--known-after", knownAfter);
        requireNotBefore("--settled-after", settledAfter);
        return new AuditSettings(
                allEnded,
                lease.toMillis(),
                !anyOrder,
                knownAfter.toMillis(),
                settledAfter.toMillis());
    }

    private void requireNotBefore(String option, Duration after) {
        if (after.isNegative()) {
            throw new ParameterException(
                    command().commandLine(), option + " cannot be before, is " + after);
        }
    }

    private AuditReport audit(AuditSettings settings) {
        KafkaAccess access = kafka.access();
        try {
            return Audit.of(
                    access.properties(Map.of(), Map.of()), access.prefix().value(), settings);
        } catch (AuditException wrong) {
            throw new CommandException(String.valueOf(wrong.getMessage()), wrong);
        } catch (KafkaException unreachable) {
            throw access.failure(unreachable);
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
