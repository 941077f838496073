package io.sluice.jobs;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the settings of a job from the configuration of the cluster, overlaid with {@code --key
 * value} arguments under the same keys. A key in our namespace that no option has fails the
 * submission, with the key that was probably meant: a typing error must not silently become a
 * default.
 */
public final class SettingsReader {

    /** The namespace of Sluice in a Flink configuration. */
    public static final String NAMESPACE = "sluice.";

    /**
     * Longest duration that makes sense anywhere, a century: added to any time, it is still a time.
     */
    public static final Duration LONGEST = Duration.ofDays(36_525);

    private static final String ARGUMENT = "--";

    private final Configuration configuration;
    private final OptionSet known;

    private SettingsReader(Configuration configuration, OptionSet known) {
        this.configuration = configuration;
        this.known = known;
    }

    /**
     * Reads and checks the keys; values are checked when they are asked for.
     *
     * @param cluster the configuration the job runs under; keys outside our namespace are not
     *     looked at
     * @param args arguments of the job; every one must be a known key with a value
     * @param known all options of all jobs, as jobs share configuration files
     * @throws SettingsException if a key is unknown or an argument has no value
     */
    public static SettingsReader of(ReadableConfig cluster, String[] args, OptionSet known) {
        Map<String, String> merged = new TreeMap<>();
        cluster.toMap()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(NAMESPACE)) {
                                merged.put(key, value);
                            }
                        });
        merged.putAll(arguments(args));
        merged.keySet().forEach(key -> requireKnown(key, known));
        return new SettingsReader(Configuration.fromMap(merged), known);
    }

    /**
     * The value of an option, or its default.
     *
     * @throws SettingsException if the value cannot be read as what the option is, or there is
     *     neither value nor default
     */
    public <T> T get(ConfigOption<T> option) {
        if (!known.keys().contains(option.key())) {
            throw new IllegalArgumentException(option.key() + " is missing in the known options");
        }
        T value = parse(option);
        if (value == null) {
            throw new SettingsException(
                    "%s is required: set it in the configuration or pass --%s VALUE"
                            .formatted(option.key(), option.key()));
        }
        return value;
    }

    /**
     * A duration within bounds, in milliseconds.
     *
     * @throws SettingsException as {@link #get}, or if it is out of bounds
     */
    public long millis(ConfigOption<Duration> option, Duration least, Duration most) {
        Duration value = get(option);
        if (value.compareTo(least) < 0) {
            throw outOfBounds(option, shown(value), "at least " + shown(least));
        }
        if (value.compareTo(most) > 0) {
            throw outOfBounds(option, shown(value), "at most " + shown(most));
        }
        return value.toMillis();
    }

    /** A duration of 1 ms to {@link #LONGEST}, in milliseconds. */
    public long millis(ConfigOption<Duration> option) {
        return millis(option, Duration.ofMillis(1), LONGEST);
    }

    /**
     * A number of at least so many.
     *
     * @throws SettingsException as {@link #get}, or if it is lower
     */
    public <N extends Number> N atLeast(long least, ConfigOption<N> option) {
        N value = get(option);
        if (value.longValue() < least) {
            throw outOfBounds(option, value.toString(), "at least " + least);
        }
        return value;
    }

    /**
     * A share, from 0 to 1.
     *
     * @throws SettingsException as {@link #get}, or if it is no share
     */
    public double share(ConfigOption<Double> option) {
        double value = get(option);
        if (!(value >= 0 && value <= 1)) {
            throw outOfBounds(option, Double.toString(value), "from 0 to 1");
        }
        return value;
    }

    /**
     * A size in bytes, of at most so many.
     *
     * @throws SettingsException as {@link #get}, or if it is larger
     */
    public int bytes(ConfigOption<MemorySize> option, int most) {
        long value = get(option).getBytes();
        if (value > most) {
            throw outOfBounds(option, value + " bytes", "at most %d bytes".formatted(most));
        }
        return (int) value;
    }

    private static SettingsException outOfBounds(
            ConfigOption<?> option, String value, String allowed) {
        return new SettingsException("%s = %s must be %s".formatted(option.key(), value, allowed));
    }

    private static String shown(Duration duration) {
        boolean hasMillis = duration.compareTo(Duration.ofMillis(Long.MAX_VALUE)) <= 0;
        return hasMillis ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }

    /**
     * All values below a prefix, by the rest of their key.
     *
     * @param openPrefix one of the open prefixes of the known options
     */
    public Map<String, String> below(String openPrefix) {
        Map<String, String> values = new TreeMap<>();
        configuration
                .toMap()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(openPrefix)) {
                                values.put(key.substring(openPrefix.length()), value);
                            }
                        });
        return values;
    }

    /**
     * What was set, a line for each key, secrets masked: to be shown once at the start of a job.
     */
    public String describe() {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(configuration.toMap())
                .forEach(
                        (key, value) ->
                                lines.append(key)
                                        .append(" = ")
                                        .append(shown(key, value))
                                        .append('\n'));
        return lines.toString();
    }

    private <T> T parse(ConfigOption<T> option) {
        try {
            return configuration.get(option);
        } catch (IllegalArgumentException | ArithmeticException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new SettingsException(
                    "%s = %s cannot be read: %s"
                            .formatted(
                                    option.key(),
                                    shown(option.key(), configuration.toMap().get(option.key())),
                                    reason.getMessage()),
                    e);
        }
    }

    private static Map<String, String> arguments(String[] args) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith(ARGUMENT) || args[i].length() == ARGUMENT.length()) {
                throw new SettingsException(
                        "Argument '%s' is not of the form --key value".formatted(args[i]));
            }
            if (i + 1 == args.length) {
                throw new SettingsException("Argument %s has no value".formatted(args[i]));
            }
            values.put(args[i].substring(ARGUMENT.length()), args[i + 1]);
        }
        return values;
    }

    private static void requireKnown(String key, OptionSet known) {
        if (known.allows(key)) {
            return;
        }
        String hint =
                NearestName.among(known.keys(), key)
                        .or(() -> NearestName.among(known.keys(), NAMESPACE + key))
                        .map(name -> "did you mean %s?".formatted(name))
                        .orElseGet(() -> "known are " + String.join(", ", known.keys()));
        throw new SettingsException("Unknown option %s: %s".formatted(key, hint));
    }

    /** None of our own options is a secret, whatever its name; a client's may be. */
    private String shown(String key, String value) {
        return !known.keys().contains(key) && soundsSecret(key) ? "******" : value;
    }

    private static boolean soundsSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.contains("password")
                || lower.contains("secret")
                || lower.contains("token")
                || lower.contains("jaas");
    }
}
