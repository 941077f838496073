package io.sluice.jobs.scheduling;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How high the priority of a tenant's requests may be, whoever asks for more: the tenant in a
 * request, an order, or an edge with a grade.
 *
 * @param byTenant ceiling of each tenant that is named
 * @param others ceiling of all others
 */
public record PriorityCeilings(Map<String, Integer> byTenant, int others) implements Serializable {

    /** Every tenant may ask for any priority. */
    public static final PriorityCeilings NONE = new PriorityCeilings(Map.of(), Integer.MAX_VALUE);

    private static final String ALL_OTHERS = "*";

    /** Copies the map, into one that Java can serialise. */
    public PriorityCeilings {
        byTenant = new TreeMap<>(byTenant);
    }

    /**
     * Reads {@code acme=4/globex=2/*=1}: tenants and their ceilings, the star for all others. In a
     * name, {@code %2F}, {@code %3D} and {@code %25} stand for a slash, an equals sign and a
     * percent sign.
     *
     * @param text empty for no ceilings
     * @throws IllegalArgumentException saying what is wrong
     */
    public static PriorityCeilings parse(String text) {
        if (text.isBlank()) {
            return NONE;
        }
        Map<String, Integer> ceilings = new TreeMap<>();
        for (String part : text.split("/", -1)) {
            String[] pair = part.split("=", 2);
            String tenant = pair[0].strip();
            if (pair.length != 2 || tenant.isEmpty()) {
                throw new IllegalArgumentException(
                        "'%s' is not TENANT=PRIORITY, such as acme=2".formatted(part.strip()));
            }
            if (ceilings.put(tenant, priority(pair[1].strip())) != null) {
                throw new IllegalArgumentException(
                        "tenant '%s' has two ceilings".formatted(tenant));
            }
        }
        Integer others = ceilings.remove(ALL_OTHERS);
        Map<String, Integer> named = new TreeMap<>();
        ceilings.forEach((tenant, ceiling) -> named.put(plain(tenant), ceiling));
        return new PriorityCeilings(named, others == null ? Integer.MAX_VALUE : others);
    }

    private static String plain(String escaped) {
        return escaped.replace("%2F", "/").replace("%3D", "=").replace("%25", "%");
    }

    private static int priority(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "'%s' is not a priority, which is a whole number".formatted(text), notANumber);
        }
    }

    /** What a tenant gets that asks for a priority. */
    public int cap(String tenant, int priority) {
        return Math.min(priority, byTenant.getOrDefault(tenant, others));
    }
}
