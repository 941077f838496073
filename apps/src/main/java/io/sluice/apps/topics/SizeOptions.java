package io.sluice.apps.topics;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Map;

/** The option for numbers of partitions other than the catalogue's. */
final class SizeOptions {

    @Option(
            names = "--partitions",
            paramLabel = "TOPIC=N",
            description =
                    "Another number of partitions for a topic, named without its prefix. Repeatable.")
    private Map<String, Integer> partitions = new LinkedHashMap<>();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    TopicSizes sizes() {
        try {
            return TopicSizes.of(partitions);
        } catch (IllegalArgumentException exception) {
            if (command == null) {
                throw exception;
            }
            throw new ParameterException(
                    command.commandLine(), "--partitions: " + exception.getMessage(), exception);
        }
    }
}
