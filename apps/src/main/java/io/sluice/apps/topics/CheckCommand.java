package io.sluice.apps.topics;

import io.sluice.apps.cli.DurationConverter;
import io.sluice.apps.cli.KafkaOptions;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice topics check}. */
@Command(
        name = "check",
        description = {
            "Compare the topics on the broker with the catalogue.",
            "",
            "Prints each difference: a topic that is missing, its partitions, cleanup, timestamp type,"
                    + " retention or message size, and a broker that closes transactions too early."
                    + " Exit code 1 if there is any. How safely topics keep what was acknowledged is said"
                    + " in one line; with --production too little of it is a difference.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Mixin private SizeOptions sizes = new SizeOptions();

    @Option(
            names = "--transaction-timeout",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description =
                    "Transaction timeout of the scheduler job, which the broker must allow"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration transactionTimeout = Duration.ZERO;

    @Option(
            names = "--production",
            description =
                    "Also ask for three copies of each record, two of them before it is acknowledged, and"
                            + " no leader that lacks some.")
    private boolean production;

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        TopicCheck.Result result =
                new TopicCheck(kafka.access(), sizes.sizes(), transactionTimeout, production).run();
        PrintWriter out = Objects.requireNonNull(command, "set by picocli").commandLine().getOut();
        result.differences().forEach(line -> out.println("DIFFERS " + line));
        result.unknown().forEach(line -> out.println("UNKNOWN " + line));
        if (!result.weak().isEmpty()) {
            out.printf(
                    "WEAK    %d topics can lose what was acknowledged when a broker is lost; for production see --production%n",
                    result.weak().size());
        }
        if (result.differences().isEmpty()) {
            out.println("All topics are as they should be.");
        }
        out.flush();
        return result.differences().isEmpty() ? 0 : 1;
    }
}
