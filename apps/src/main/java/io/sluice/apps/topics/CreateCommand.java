package io.sluice.apps.topics;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.schemas.Topic;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code sluice topics create}. */
@Command(
        name = "create",
        description = {
            "Create the topics that are missing, with the settings of the catalogue.",
            "",
            "Topics that exist are left as they are; `sluice topics check` says whether they are as"
                    + " they should be.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CreateCommand implements Callable<Integer> {

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Mixin private SizeOptions sizes = new SizeOptions();

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Copies of each partition (default: the broker's).")
    private @Nullable Short replicationFactor;

    @Option(
            names = "--production",
            description =
                    "Three copies of each record unless --replication-factor says otherwise, two of them"
                            + " before it is acknowledged, and no leader that lacks some.")
    private boolean production;

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        KafkaAccess access = kafka.access();
        TopicSizes partitions = sizes.sizes();
        Set<Topic> made = new TopicCreation(access, partitions, replicas(), safety()).run();
        PrintWriter out = Objects.requireNonNull(command, "set by picocli").commandLine().getOut();
        for (Topic topic : Topic.values()) {
            String what =
                    made.contains(topic)
                            ? "created %s with %d partitions"
                                    .formatted(access.name(topic), partitions.of(topic))
                            : "exists  %s".formatted(access.name(topic));
            out.println(what);
        }
        out.flush();
        return 0;
    }

    private Optional<Short> replicas() {
        return Optional.ofNullable(replicationFactor)
                .or(
                        () ->
                                production
                                        ? Optional.of((short) Durability.PRODUCTION.copies())
                                        : Optional.empty());
    }

    private Map<String, String> safety() {
        return production ? Durability.PRODUCTION.configs() : Map.of();
    }
}
