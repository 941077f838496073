package io.sluice.apps.sla;

import io.sluice.apps.cli.DurationConverter;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.TopicStretch;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice sla verify}: published windows beside a recomputation from the raw outcomes. */
@Command(
        name = "verify",
        description = {
            "Reckon every published window of a stretch of time anew from the raw outcomes, and print"
                    + " the largest difference of each measure; and how each objective stood at its end."
                    + " Exits with 0 if all is as promised: counts, means and extremes exact, percentiles"
                    + " within 0.78 %; else with 1.",
            "",
            "What was left out as too late is taken from the dead letters, since it depended on how far the"
                    + " job's clock had come. Windows that may still change are left out and counted.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = PointInTime.Converter.class,
            description =
                    "Where to begin: a time such as 2026-11-23T06:00:00Z, or one before now such as -1h"
                            + " (default: an hour before the end).")
    private @Nullable PointInTime from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            defaultValue = "now",
            converter = PointInTime.Converter.class,
            description = "Where to end, likewise (default: ${DEFAULT-VALUE}).")
    private PointInTime to = new PointInTime(null, Duration.ZERO);

    @Option(
            names = "--dedup-window",
            paramLabel = "DURATION",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description =
                    "sluice.sla.dedup-window of the job: how long it remembers a request (default: ${DEFAULT-VALUE}).")
    private Duration dedupWindow = Duration.ofHours(1);

    @Option(
            names = "--allowed-lateness",
            paramLabel = "DURATION",
            defaultValue = "1m",
            converter = DurationConverter.class,
            description =
                    "sluice.sla.allowed-lateness of the job: how long a window may still change (default: ${DEFAULT-VALUE}).")
    private Duration allowedLateness = Duration.ofMinutes(1);

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        TimeRange range = range(Instant.now());
        KafkaAccess access = kafka.access();
        TopicStretch topics = new TopicStretch(access);
        // First the windows: what is counted after them cannot be missing in them.
        PublishedWindows published = PublishedWindows.read(topics, range);
        PublishedStatuses statuses = PublishedStatuses.read(topics, range);
        OutcomeLog log = OutcomeLog.read(topics, range, dedupWindow);
        VerifyResult result =
                new VerifyResult(
                        range,
                        log.tally(),
                        Verification.run(log, published, range, allowedLateness),
                        SloVerification.run(log.counted(), statuses, range, allowedLateness));
        PrintWriter out = command().commandLine().getOut();
        if (json) {
            out.println(VerifyJson.text(result));
        } else {
            VerifyText.lines(result).forEach(out::println);
        }
        out.flush();
        return result.isGood() ? 0 : 1;
    }

    private TimeRange range(Instant now) {
        Instant end = to.at(now);
        Instant start = from == null ? end.minus(Duration.ofHours(1)) : from.at(now);
        if (!start.isBefore(end)) {
            throw new ParameterException(
                    command().commandLine(),
                    "--from %s must be before --to %s".formatted(start, end));
        }
        return new TimeRange(start.toEpochMilli(), end.toEpochMilli());
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
