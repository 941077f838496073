package io.sluice.apps.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options that are varied, each with each: {@code rate=1,2,4} is an axis. */
final class Sweep {

    private static final int MOST_POINTS = 10_000;

    /** Options that change nothing of what is simulated. */
    private static final Set<String> NOT_OF_THE_STUDY =
            Set.of("sweep", "threads", "warm-up", "report", "csv", "html");

    private final Map<String, List<String>> axes = new LinkedHashMap<>();

    private Sweep() {}

    /**
     * Reads axes.
     *
     * @param axes each an option without its dashes, and its values
     * @throws IllegalArgumentException naming the one that is none
     */
    static Sweep parse(List<String> axes) {
        Sweep sweep = new Sweep();
        long points = 1;
        for (String axis : axes) {
            String[] parts = axis.split("=", 2);
            String option = parts[0].strip().replaceFirst("^-+", "");
            List<String> values =
                    parts.length == 1 ? List.of() : List.of(parts[1].strip().split("\\s*,\\s*"));
            if (option.isEmpty() || values.isEmpty() || values.contains("")) {
                throw new IllegalArgumentException(
                        "--sweep is '%s'; write an option and its values, such as rate=1,2,4"
                                .formatted(axis));
            }
            if (NOT_OF_THE_STUDY.contains(option)) {
                throw new IllegalArgumentException(
                        "--sweep cannot vary %s, which changes nothing of what is simulated"
                                .formatted(option));
            }
            if (sweep.axes.put(option, values) != null) {
                throw new IllegalArgumentException("--sweep names %s twice".formatted(option));
            }
            points *= values.size();
        }
        if (points > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "--sweep has %d settings, may have %d".formatted(points, MOST_POINTS));
        }
        return sweep;
    }

    /**
     * All settings; the last axis changes fastest.
     *
     * @param call what is varied
     * @throws IllegalArgumentException naming the setting that makes no sense
     */
    List<Point> points(StudyCall call) {
        List<Map<String, String>> settings = List.of(Map.of());
        for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> setting : settings) {
                for (String value : axis.getValue()) {
                    Map<String, String> with = new LinkedHashMap<>(setting);
                    with.put(axis.getKey(), value);
                    longer.add(with);
                }
            }
            settings = longer;
        }
        return settings.stream().map(setting -> point(call, setting)).toList();
    }

    private static Point point(StudyCall call, Map<String, String> setting) {
        StudyCall varied = call;
        for (Map.Entry<String, String> value : setting.entrySet()) {
            varied = varied.with("--" + value.getKey(), value.getValue());
        }
        try {
            return new Point(setting, varied.plan());
        } catch (IllegalArgumentException e) {
            String where = setting.isEmpty() ? "" : "--sweep at %s: ".formatted(setting);
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }
}
