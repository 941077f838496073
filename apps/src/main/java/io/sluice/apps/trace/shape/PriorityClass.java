package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.TraceException;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The default priority bands, most urgent first. */
public enum PriorityClass {
    /** Most urgent. */
    P0(4, "P0", "system"),
    P1(3, "P1", "interactive"),
    P2(2, "P2", "default"),
    P3(1, "P3", "batch"),
    P4(0, "P4", "bulk"),
    /** Runs when nothing else wants to; may be dropped under load. */
    SHED(-1, "shed", "sheddable");

    private final int priority;
    private final String label;
    private final String alias;

    PriorityClass(int priority, String label, String alias) {
        this.priority = priority;
        this.label = label;
        this.alias = alias;
    }

    /** Number on the wire: higher is more important, negative may be shed. */
    public int priority() {
        return priority;
    }

    /** Name in reports. */
    public String label() {
        return label;
    }

    /** The band of a number: above the highest band is P0, below zero is shed. */
    public static PriorityClass of(int priority) {
        return Arrays.stream(values()).filter(c -> priority >= c.priority).findFirst().orElse(SHED);
    }

    /**
     * The band of a name, P0 to P4 or shed, or one of the speaking names.
     *
     * @throws TraceException for any other word, naming the choices
     */
    public static PriorityClass parse(String name) {
        String wanted = name.trim().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(
                        c ->
                                c.label.toLowerCase(Locale.ROOT).equals(wanted)
                                        || c.alias.equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TraceException(
                                        "unknown priority class '"
                                                + name
                                                + "'; choose one of "
                                                + choices()));
    }

    /** All names that {@link #parse} takes. */
    public static String choices() {
        return Arrays.stream(values())
                .map(c -> c.label + " (" + c.alias + ")")
                .collect(Collectors.joining(", "));
    }
}
