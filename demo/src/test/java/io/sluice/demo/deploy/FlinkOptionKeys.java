package io.sluice.demo.deploy;

import io.sluice.jobs.JobOptions;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which keys a configuration of Flink may have: a typing error in one is silently a default. */
final class FlinkOptionKeys {

    private static final List<Class<?>> OPTIONS =
            List.of(
                    CheckpointingOptions.class,
                    CoreOptions.class,
                    HeartbeatManagerOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    RestOptions.class,
                    StateBackendOptions.class,
                    TaskManagerOptions.class);

    /** Options of the operator, which are not on the class path. */
    private static final Set<String> OPERATOR = Set.of("job.autoscaler.enabled");

    /** What the reporter for Prometheus takes; Flink has no constants for it. */
    private static final Pattern REPORTER =
            Pattern.compile(
                    "metrics\\.reporter\\.prom\\.(factory\\.class|port|filterLabelValueCharacters)");

    private FlinkOptionKeys() {}

    /** Whether Flink, the operator or a job of ours knows the key. */
    static boolean knows(String key) {
        return flink().contains(key)
                || OPERATOR.contains(key)
                || REPORTER.matcher(key).matches()
                || JobOptions.all().allows(key);
    }

    private static Set<String> flink() {
        Set<String> keys = new HashSet<>();
        for (Class<?> options : OPTIONS) {
            for (Field field : options.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && field.getType() == ConfigOption.class) {
                    keys.add(key(field));
                }
            }
        }
        return keys;
    }

    private static String key(Field field) {
        try {
            return ((ConfigOption<?>) field.get(null)).key();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public constant cannot be read: " + field, e);
        }
    }
}
