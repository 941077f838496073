package io.sluice.apps.simulate;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Options that are varied, each with each: {@code rate=1,2,4} is an axis. */
final class Sweep {

    private static final int MOST_POINTS = 10_000;

    /** They are of all runs together. */
    private static final Set<String> NOT_SWEPT =
            Set.of("--sweep", "--report", "--csv", "--html", "--threads", "--warm-up");

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
            requireSwept(option);
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

    private static void requireSwept(String name) {
        CommandSpec command = new CommandLine(new SimulateCommand()).getCommandSpec();
        OptionSpec option = command.findOption("--" + name);
        if (option == null || !isSwept(option)) {
            throw new IllegalArgumentException(
                    "--sweep cannot vary --%s; choose one of %s"
                            .formatted(
                                    name,
                                    command.options().stream()
                                            .filter(Sweep::isSwept)
                                            .map(known -> known.longestName().substring(2))
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
    }

    private static boolean isSwept(OptionSpec option) {
        return option.arity().max() > 0 && !NOT_SWEPT.contains(option.longestName());
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
