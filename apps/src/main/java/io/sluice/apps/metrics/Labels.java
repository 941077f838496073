package io.sluice.apps.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Labels of a sample, as the text format writes them. */
final class Labels {

    private Labels() {}

    /** {@code {a="x",b="y"}}, or nothing at all. */
    static String text(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escape(label.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    /** The labels and one more. */
    static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(name, value);
        return more;
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
