package io.sluice.jobs;

import org.apache.flink.configuration.ConfigOption;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options that may be set in the namespace of Sluice.
 *
 * @param options single options, each with a default or required, and a description
 * @param openPrefixes prefixes below which any key is allowed, because its meaning is somebody
 *     else's
 */
public record OptionSet(List<ConfigOption<?>> options, List<String> openPrefixes) {

    /** Copies the lists; refuses two options of one key. */
    public OptionSet {
        options = List.copyOf(options);
        openPrefixes = List.copyOf(openPrefixes);
        long distinct = options.stream().map(ConfigOption::key).distinct().count();
        if (distinct < options.size()) {
            throw new IllegalArgumentException("Two options share a key in " + options);
        }
    }

    /** Both sets in one. */
    public OptionSet plus(OptionSet other) {
        List<ConfigOption<?>> both = new ArrayList<>(options);
        both.addAll(other.options);
        List<String> prefixes = new ArrayList<>(openPrefixes);
        prefixes.addAll(other.openPrefixes);
        return new OptionSet(both, prefixes);
    }

    /** Whether a key may be set. */
    public boolean allows(String key) {
        return keys().contains(key) || openPrefixes.stream().anyMatch(key::startsWith);
    }

    /** The keys of the single options, sorted. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        options.forEach(option -> keys.add(option.key()));
        return Collections.unmodifiableSet(keys);
    }
}
