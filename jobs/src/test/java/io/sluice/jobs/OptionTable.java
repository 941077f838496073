package io.sluice.jobs;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Options as the table of the documentation. */
final class OptionTable {

    private OptionTable() {}

    /** A Markdown table, sorted by key. */
    static String markdown(OptionSet options) {
        StringBuilder table = new StringBuilder("| Option | Default | Meaning |\n|---|---|---|\n");
        options.options().stream()
                .sorted(Comparator.comparing(ConfigOption::key))
                .forEach(option -> table.append(row(option)));
        options.openPrefixes().stream()
                .sorted()
                .forEach(
                        prefix ->
                                table.append(
                                        "| `%s*` | | Passed on as it is. |\n".formatted(prefix)));
        return table.toString();
    }

    private static String row(ConfigOption<?> option) {
        String meaning = new HtmlFormatter().format(option.description());
        return "| `%s` | %s | %s |\n".formatted(option.key(), defaultOf(option), meaning);
    }

    private static String defaultOf(ConfigOption<?> option) {
        if (!option.hasDefaultValue()) {
            return "required";
        }
        return "`" + shown(option.defaultValue()) + "`";
    }

    /** As one would write it in a configuration. */
    private static String shown(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(OptionTable::shown).collect(Collectors.joining(";"));
        }
        return value instanceof Duration duration
                ? TimeUtils.formatWithHighestUnit(duration)
                : value.toString();
    }
}
