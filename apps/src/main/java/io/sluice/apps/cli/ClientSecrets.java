package io.sluice.apps.cli;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Secrets among the properties of Kafka clients. A value may name one, as in <code>${env:NAME}
 * </code>, for Kafka's own configuration providers to fetch.
 */
final class ClientSecrets {

    private static final String PROVIDERS = "config.providers";
    private static final Map<String, String> OURS =
            Map.of(
                    "env", EnvVarConfigProvider.class.getName(),
                    "file", FileConfigProvider.class.getName(),
                    "directory", DirectoryConfigProvider.class.getName());
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}:]+:[^}]+}");

    private ClientSecrets() {}

    /**
     * Whether a value is a secret that whoever lists the processes of the machine would see in an
     * argument.
     */
    static boolean isOpen(String key, String value) {
        return Stream.of(
                                ConsumerConfig.configDef(),
                                ProducerConfig.configDef(),
                                AdminClientConfig.configDef())
                        .map(known -> known.configKeys().get(key))
                        .anyMatch(known -> known != null && known.type == ConfigDef.Type.PASSWORD)
                && !REFERENCE.matcher(value).find();
    }

    /**
     * The properties, and the providers that references name: Kafka's for the environment, files
     * and folders, beside those that the user sets.
     *
     * @throws CommandException if a reference leads nowhere; no value is in the message
     */
    static Map<String, Object> withProviders(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        TreeSet<String> names = new TreeSet<>(OURS.keySet());
        Stream.of(all.getOrDefault(PROVIDERS, "").toString().split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        all.put(PROVIDERS, String.join(",", names));
        OURS.forEach(
                (name, type) -> all.putIfAbsent("%s.%s.class".formatted(PROVIDERS, name), type));
        requireResolvable(all);
        return all;
    }

    private static void requireResolvable(Map<String, Object> properties) {
        Map<String, Object> resolved;
        Map<String, Object> asked = new HashMap<>(properties);
        asked.put("bootstrap.servers", "localhost:1");
        try {
            resolved = new AdminClientConfig(asked).originals();
        } catch (ConfigException exception) {
            throw new CommandException(
                    "wrong property of the Kafka client: " + exception.getMessage(), exception);
        }
        properties.forEach(
                (key, value) -> {
                    Matcher reference = REFERENCE.matcher(value.toString());
                    while (reference.find()) {
                        if (Objects.toString(resolved.get(key)).contains(reference.group())) {
                            throw new CommandException(
                                    "property %s of the Kafka client names %s, which is not there"
                                            .formatted(key, reference.group()));
                        }
                    }
                });
    }
}
