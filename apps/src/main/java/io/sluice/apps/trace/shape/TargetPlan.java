package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.TraceException;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Targets by priority class.
 *
 * @param byClass for each class its targets; absent ones are not set
 */
public record TargetPlan(Map<PriorityClass, Map<Target, MillisRange>> byClass) {

    /** No targets at all. */
    public static final TargetPlan NONE = new TargetPlan(Map.of());

    private static final String EVERY_CLASS = "*";
    private static final String EXAMPLE = "P0:ttft=500ms,tpot=50ms;*:ttl=60s,deadline=30s..120s";

    public TargetPlan {
        Map<PriorityClass, Map<Target, MillisRange>> copy = new EnumMap<>(PriorityClass.class);
        byClass.forEach((c, targets) -> copy.put(c, Map.copyOf(targets)));
        byClass = Map.copyOf(copy);
    }

    /**
     * Reads {@code P0:ttft=500ms,tpot=50ms;*:ttl=60s,deadline=30s..120s}: classes are divided by
     * semicolons, {@code *} stands for every class, and what is said for one class goes before what
     * is said for all.
     *
     * @throws TraceException naming the part that is wrong and what to write
     */
    public static TargetPlan parse(String text) {
        Map<Target, MillisRange> forAll = new EnumMap<>(Target.class);
        Map<PriorityClass, Map<Target, MillisRange>> named = new EnumMap<>(PriorityClass.class);
        for (String entry : text.split(";", -1)) {
            int colon = entry.indexOf(':');
            if (colon < 0) {
                throw new TraceException(
                        "targets '"
                                + text
                                + "': '"
                                + entry.trim()
                                + "' is not CLASS:TARGET=TIME, such as "
                                + EXAMPLE);
            }
            String name = entry.substring(0, colon).trim();
            Map<Target, MillisRange> targets =
                    name.equals(EVERY_CLASS)
                            ? forAll
                            : named.computeIfAbsent(
                                    PriorityClass.parse(name), c -> new EnumMap<>(Target.class));
            readTargets(text, entry.substring(colon + 1), targets);
        }
        Map<PriorityClass, Map<Target, MillisRange>> all = new EnumMap<>(PriorityClass.class);
        for (PriorityClass priorityClass : PriorityClass.values()) {
            Map<Target, MillisRange> merged = new EnumMap<>(Target.class);
            merged.putAll(forAll);
            merged.putAll(named.getOrDefault(priorityClass, Map.of()));
            all.put(priorityClass, merged);
        }
        return new TargetPlan(all);
    }

    private static void readTargets(String text, String list, Map<Target, MillisRange> into) {
        for (String part : list.split(",", -1)) {
            String[] sides = part.split("=", -1);
            if (sides.length != 2) {
                throw new TraceException(
                        "targets '"
                                + text
                                + "': '"
                                + part.trim()
                                + "' is not TARGET=TIME, such as "
                                + EXAMPLE);
            }
            if (into.put(Target.parse(sides[0]), MillisRange.parse(sides[1])) != null) {
                throw new TraceException(
                        "targets '" + text + "' set " + sides[0].trim() + " twice for one class");
            }
        }
    }

    /** What is promised to a class. */
    Map<Target, MillisRange> of(PriorityClass priorityClass) {
        return byClass.getOrDefault(priorityClass, Map.of());
    }

    @Override
    public String toString() {
        return Arrays.stream(PriorityClass.values())
                .filter(c -> !of(c).isEmpty())
                .map(c -> c.label() + ":" + words(of(c)))
                .collect(Collectors.joining(";"));
    }

    private static String words(Map<Target, MillisRange> targets) {
        return Arrays.stream(Target.values())
                .filter(targets::containsKey)
                .map(t -> t.label() + "=" + targets.get(t))
                .collect(Collectors.joining(","));
    }
}
