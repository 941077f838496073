package io.sluice.apps.redrive;

import io.sluice.apps.cli.DurationConverter;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.TextTable;
import io.sluice.apps.redrive.Letter.Fate;
import io.sluice.schemas.Topic;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code sluice redrive}: dead letters are sent again to where they came from. */
@Command(
        name = "redrive",
        description = {
            "Send dead letters again to the topic and partition that they came from, as they were: once"
                    + " programs that can read them are running. Those that this version cannot read either"
                    + " stay where they are, and so do those that were sent before; each is counted.",
            "",
            "What is sent again is new to whoever reads it: a request is submitted now, an order to drain"
                    + " takes effect now. Look first, with --dry-run.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RedriveCommand implements Callable<Integer> {

    /** The topics whose dead letters somebody waits for; outcomes have been counted or are lost. */
    private static final List<Topic> ORIGINS =
            List.of(Topic.REQUESTS, Topic.CONTROL, Topic.WORKER_EVENTS, Topic.HANDBACKS);

    @Parameters(
            paramLabel = "TOPIC",
            description =
                    "The topic that they came from: requests, control, worker-events or handbacks.")
    private String topic = "";

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description =
                    "How long ago the first of them was put aside at most (default: ${DEFAULT-VALUE}).")
    private Duration since = Duration.ofHours(24);

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description =
                    "Only what this step could not go on with, such as decode or policies (default: any).")
    private @Nullable String stage;

    @Option(
            names = "--at",
            paramLabel = "PLACE",
            description =
                    "Only the one that came from there, as topic-partition-offset: the key of the dead"
                            + " letter (default: any).")
    private @Nullable String at;

    @Option(names = "--dry-run", description = "Only say what would be sent.")
    private boolean dryRun;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        Topic origin = origin();
        if (since.isZero() || since.isNegative()) {
            throw wrong("--since must be longer than nothing, is " + since);
        }
        KafkaAccess access = kafka.access();
        long from = Clock.systemUTC().millis() - since.toMillis();
        Letters letters = new Letters(access);
        List<Letter> found = letters.find(new Letters.Selection(origin, from, stage, at));
        List<Letter> ready = found.stream().filter(one -> one.fate() == Fate.READY).toList();
        PrintWriter out = command().commandLine().getOut();
        out.print(table(found));
        if (letters.unreadable() > 0) {
            out.printf("%d records are no dead letters%n", letters.unreadable());
        }
        if (!dryRun && !ready.isEmpty()) {
            new Redrive(access).send(ready);
        }
        out.printf(
                dryRun ? "%d would be sent to %s%n" : "%d sent to %s%n",
                ready.size(),
                access.name(origin));
        out.flush();
        return 0;
    }

    private Topic origin() {
        return ORIGINS.stream()
                .filter(one -> one.suffix().equals(topic))
                .findFirst()
                .orElseThrow(
                        () ->
                                wrong(
                                        "no dead letters of '%s' can be sent again; choose one of %s"
                                                .formatted(
                                                        topic,
                                                        ORIGINS.stream()
                                                                .map(Topic::suffix)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    /** How many there are of each kind, with the place and the message of the newest. */
    private static String table(List<Letter> letters) {
        Map<List<String>, List<Letter>> kinds =
                letters.stream()
                        .collect(
                                Collectors.groupingBy(
                                        one ->
                                                List.of(
                                                        one.fate().words(),
                                                        one.record().getStage(),
                                                        one.record().getErrorClass()),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        TextTable table =
                new TextTable(4, List.of("fate", "stage", "error", "newest, and why", "letters"));
        kinds.forEach(
                (kind, all) -> {
                    Letter newest = all.get(all.size() - 1);
                    List<String> row = new ArrayList<>(kind);
                    row.add(Letter.origin(newest.record()) + ": " + newest.why());
                    row.add(Integer.toString(all.size()));
                    table.add(row);
                });
        return letters.isEmpty() ? "" : table.aligned();
    }

    private ParameterException wrong(String why) {
        return new ParameterException(command().commandLine(), why);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
