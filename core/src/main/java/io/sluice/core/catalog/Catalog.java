package io.sluice.core.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The policies of one kind, by name. A specification is a name, optionally followed by parameters:
 * {@code k-lpm:k=3,tie=random}. The long names of the field ({@code fcfs-ordering-policy}) are
 * accepted too.
 *
 * @param <P> kind of policy
 */
public final class Catalog<P> {

    private final String kind;
    private final String longNameSuffix;
    private final Map<String, CatalogEntry<P>> entries = new TreeMap<>();
    private final Map<String, CatalogEntry<P>> byAlias = new HashMap<>();

    /**
     * Creates a catalogue.
     *
     * @param kind what its policies are called in messages, such as {@code ordering policy}
     * @param entries its policies
     */
    public Catalog(String kind, List<CatalogEntry<P>> entries) {
        this.kind = kind;
        this.longNameSuffix = "-" + kind.replace(' ', '-');
        for (CatalogEntry<P> entry : entries) {
            this.entries.put(entry.name(), entry);
            entry.aliases().forEach(alias -> byAlias.put(alias, entry));
        }
    }

    /** What its policies are called, such as {@code ordering policy}. */
    public String kind() {
        return kind;
    }

    /** All names, sorted; aliases left out. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** All policies, by name. */
    public List<CatalogEntry<P>> entries() {
        return List.copyOf(entries.values());
    }

    /**
     * The policy of a name.
     *
     * @throws IllegalArgumentException naming the choices, if there is none
     */
    public CatalogEntry<P> entry(String name) {
        String shortName =
                name.endsWith(longNameSuffix)
                        ? name.substring(0, name.length() - longNameSuffix.length())
                        : name;
        CatalogEntry<P> entry = entries.getOrDefault(shortName, byAlias.get(shortName));
        if (entry == null) {
            throw new IllegalArgumentException(
                    "unknown %s '%s'; choose one of %s"
                            .formatted(kind, name, String.join(", ", entries.keySet())));
        }
        return entry;
    }

    /**
     * Makes the policy that a specification asks for.
     *
     * @param specification {@code NAME} or {@code NAME:PARAMETER=VALUE,...}
     * @throws IllegalArgumentException naming the policy, what is wrong and the choices
     */
    public P make(String specification) {
        String[] parts = specification.strip().split(":", 2);
        CatalogEntry<P> entry = entry(parts[0].strip());
        try {
            Arguments arguments = arguments(entry, parts.length == 1 ? List.of() : split(parts[1]));
            entry.parameters().forEach(arguments::get);
            return entry.maker().apply(arguments);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "%s '%s': %s".formatted(kind, entry.name(), wrong.getMessage()), wrong);
        }
    }

    private static List<String> split(String parameters) {
        return List.of(parameters.split(",", -1));
    }

    private static Arguments arguments(CatalogEntry<?> entry, List<String> settings) {
        Map<String, String> texts = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            String name = pair[0].strip();
            if (pair.length != 2 || !entry.takes(name)) {
                unknown.add("'" + setting.strip() + "'");
            } else if (texts.put(name, pair[1].strip()) != null) {
                throw new IllegalArgumentException(name + " is set twice");
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown parameter %s; %s"
                            .formatted(String.join(", ", unknown), choices(entry)));
        }
        return new Arguments(texts);
    }

    private static String choices(CatalogEntry<?> entry) {
        if (entry.parameters().isEmpty()) {
            return "it takes none";
        }
        return "choose among "
                + entry.parameters().stream()
                        .map(Parameter::usage)
                        .collect(Collectors.joining("; "));
    }
}
