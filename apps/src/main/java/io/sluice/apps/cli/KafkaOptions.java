package io.sluice.apps.cli;

import io.sluice.schemas.TopicPrefix;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The options by which a command finds its broker and its topics. */
public final class KafkaOptions {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description =
                    "Kafka brokers to ask first, separated by commas (default: ${DEFAULT-VALUE}).")
    private String bootstrapServers = "";

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "inference.",
            description = "What the names of all topics begin with (default: ${DEFAULT-VALUE}).")
    private String topicPrefix = "";

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description =
                    "Properties of the Kafka clients, such as those of TLS and SASL, one a line. A"
                            + " value may name a secret: $${env:NAME}, $${file:PATH:KEY} or"
                            + " $${directory:PATH:FILE}.")
    private @Nullable Path clientConfig;

    @Option(
            names = "--client-property",
            paramLabel = "KEY=VALUE",
            description =
                    "One property of the Kafka clients; wins over the file. Repeatable. A secret"
                            + " can only be named, as in the file: others can read arguments.")
    private Map<String, String> clientProperties = new LinkedHashMap<>();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * The broker and the topics that the options name.
     *
     * @throws ParameterException if no topic can have the prefix, or an argument is a secret
     * @throws CommandException if the file of properties cannot be read, or a secret that it names
     *     is not there
     */
    public KafkaAccess access() {
        Map<String, Object> properties = new HashMap<>();
        if (clientConfig != null) {
            properties.putAll(read(clientConfig));
        }
        clientProperties.forEach(this::requireNoSecret);
        properties.putAll(clientProperties);
        return new KafkaAccess(bootstrapServers, prefix(), ClientSecrets.withProviders(properties));
    }

    private void requireNoSecret(String key, String value) {
        if (ClientSecrets.isOpen(key, value)) {
            throw wrong(
                    new IllegalArgumentException(
                            "--client-property %s is a secret that others can read: put it into the file of --client-config, or ${env:NAME} in its place"
                                    .formatted(key)));
        }
    }

    private TopicPrefix prefix() {
        try {
            return new TopicPrefix(topicPrefix);
        } catch (IllegalArgumentException exception) {
            throw wrong(
                    new IllegalArgumentException(
                            "--topic-prefix: " + exception.getMessage(), exception));
        }
    }

    private RuntimeException wrong(IllegalArgumentException exception) {
        return command == null
                ? exception
                : new ParameterException(command.commandLine(), exception.getMessage(), exception);
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException exception) {
            throw new CommandException(
                    "cannot read --client-config %s: %s".formatted(file, exception), exception);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
        return values;
    }
}
