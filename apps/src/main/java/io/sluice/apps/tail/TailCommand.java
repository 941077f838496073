package io.sluice.apps.tail;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.OrderlyExit;
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
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code sluice tail}: a topic as lines of JSON. */
@Command(
        name = "tail",
        description = {
            "Print the records of a topic as JSON, one a line: partition, offset, timestamp, key and"
                    + " value. A record that cannot be read has the error and its bytes instead of a"
                    + " value. Records of one partition are in order.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TailCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "TOPIC",
            description = "The topic, with or without its prefix, such as outcomes.")
    private String topic = "";

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            defaultValue = "beginning",
            converter = StartPosition.Converter.class,
            description =
                    "Where to begin in every partition: beginning, end, or an offset"
                            + " (default: ${DEFAULT-VALUE}).")
    private StartPosition from = new StartPosition(StartPosition.Kind.BEGINNING, 0);

    @Option(
            names = "--follow",
            description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--max",
            paramLabel = "N",
            description = "Stop after so many records (default: no limit).")
    private long max = Long.MAX_VALUE;

    @Option(
            names = "--key",
            paramLabel = "K",
            description = "Only records with this key (default: all).")
    private @Nullable String key;

    @Option(
            names = "--partition",
            paramLabel = "P",
            description = "Only this partition (default: all).")
    private @Nullable Integer partition;

    @Option(
            names = "--read-committed",
            paramLabel = "BOOL",
            defaultValue = "true",
            arity = "1",
            description =
                    "Leave out what belongs to open or aborted transactions (default: ${DEFAULT-VALUE}).")
    private boolean readCommitted;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    private long printed;

    @Override
    public Integer call() {
        KafkaAccess access = kafka.access();
        Topic which = topic(access);
        if (max < 1) {
            throw wrong("--max must be at least 1, is " + max);
        }
        RecordLine line = new RecordLine(which);
        PrintWriter out = command().commandLine().getOut();
        TopicReader.Selection selection =
                new TopicReader.Selection(which, partition, from, follow, readCommitted, key);
        try (TopicReader reader = new TopicReader(access, selection)) {
            OrderlyExit.during(
                    () -> reader.read(record -> print(line.of(record), out)), reader::stop);
        }
        return 0;
    }

    /** Prints a line; returns whether another is wanted. */
    private boolean print(String line, PrintWriter out) {
        out.println(line);
        printed++;
        // An error is a reader that has gone, as `head` does.
        return printed < max && !out.checkError();
    }

    private Topic topic(KafkaAccess access) {
        return Stream.of(Topic.values())
                .filter(t -> t.suffix().equals(topic) || access.name(t).equals(topic))
                .findFirst()
                .orElseThrow(
                        () ->
                                wrong(
                                        "there is no topic '%s'; choose one of %s"
                                                .formatted(topic, names())));
    }

    private static String names() {
        return Stream.of(Topic.values()).map(Topic::suffix).collect(Collectors.joining(", "));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
