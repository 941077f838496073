package io.sluice.jobs.io;

import io.sluice.jobs.KafkaOptions;
import io.sluice.jobs.SettingsException;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The properties of a job's Kafka clients, none of which is a secret: where one belongs stands a
 * reference, such as <code>${env:NAME}</code>, which Kafka's own configuration providers resolve
 * where the client is made. So the job graph, the configuration that Flink's web page shows, and
 * what Flink logs hold references only.
 */
public final class ClientProperties {

    private static final String PROVIDERS = "config.providers";
    private static final Map<String, String> OURS =
            Map.of(
                    "env", EnvVarConfigProvider.class.getName(),
                    "file", FileConfigProvider.class.getName(),
                    "directory", DirectoryConfigProvider.class.getName());
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}:]+:[^}]+}");

    private ClientProperties() {}

    /**
     * What the clients are given.
     *
     * @param set the properties of the job's configuration; win over the file
     * @param file a properties file that lies in the same place on every machine, or empty. Only
     *     its keys are taken from here: its values are read again where a client is made, but for
     *     those that are references themselves
     * @throws SettingsException if the file cannot be read, or a secret stands in the configuration
     */
    public static Map<String, String> of(Map<String, String> set, String file) {
        set.forEach(ClientProperties::requireNoSecret);
        Map<String, String> all = new HashMap<>();
        if (!file.isEmpty()) {
            read(file).forEach((key, value) -> all.put(key, byReference(file, key, value)));
        }
        all.putAll(set);
        return withProviders(all);
    }

    private static void requireNoSecret(String key, String value) {
        if (isSecret(key) && !REFERENCE.matcher(value).find()) {
            throw new SettingsException(
                    "%s%s would show its secret in the configuration of the job: put ${env:NAME} or ${file:PATH:KEY} where the secret stands, or the property into the file of %s"
                            .formatted(
                                    KafkaOptions.CLIENT_PREFIX,
                                    key,
                                    KafkaOptions.CLIENT_CONFIG.key()));
        }
    }

    /** Kafka's own word for it, and for what Kafka does not know, the sound of the name. */
    private static boolean isSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return Stream.of(
                                ConsumerConfig.configDef(),
                                ProducerConfig.configDef(),
                                AdminClientConfig.configDef())
                        .map(known -> known.configKeys().get(key))
                        .anyMatch(known -> known != null && known.type == ConfigDef.Type.PASSWORD)
                || name.endsWith("password")
                || name.endsWith("secret");
    }

    private static String byReference(String file, String key, String value) {
        boolean resolvesItself =
                key.startsWith(PROVIDERS) || REFERENCE.matcher(value).find() || value.isEmpty();
        return resolvesItself ? value : "${file:%s:%s}".formatted(file, key);
    }

    private static Map<String, String> read(String file) {
        Properties properties = new Properties();
        // As Kafka's provider reads it.
        try (Reader in = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException exception) {
            throw new SettingsException(
                    "%s = %s cannot be read: %s"
                            .formatted(KafkaOptions.CLIENT_CONFIG.key(), file, exception),
                    exception);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
        return values;
    }

    private static Map<String, String> withProviders(Map<String, String> properties) {
        TreeSet<String> names = new TreeSet<>(OURS.keySet());
        Stream.of(properties.getOrDefault(PROVIDERS, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        properties.put(PROVIDERS, String.join(",", names));
        OURS.forEach((name, type) -> properties.putIfAbsent(providerClass(name), type));
        return properties;
    }

    private static String providerClass(String name) {
        return "%s.%s.class".formatted(PROVIDERS, name);
    }

    /**
     * Resolves all references here, to tell early what only a login would tell otherwise.
     *
     * @throws SettingsException if a reference leads nowhere; no value is in the message
     */
    static void requireResolvable(Properties properties) {
        Map<String, Object> resolved = new AdminClientConfig(properties).originals();
        for (String key : properties.stringPropertyNames()) {
            Matcher reference = REFERENCE.matcher(properties.getProperty(key));
            while (reference.find()) {
                if (resolved.getOrDefault(key, "").toString().contains(reference.group())) {
                    throw new SettingsException(
                            "%s%s names %s, which is not there"
                                    .formatted(KafkaOptions.CLIENT_PREFIX, key, reference.group()));
                }
            }
        }
    }
}
