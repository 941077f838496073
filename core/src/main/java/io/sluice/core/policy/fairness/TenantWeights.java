package io.sluice.core.policy.fairness;

import java.util.HashMap;
import java.util.Map;

/**
 * What share of a lane each tenant has, in relation to the others.
 *
 * @param byTenant weights above 0; tenants that are not named have 1
 */
public record TenantWeights(Map<String, Double> byTenant) {

    /** All tenants are alike. */
    public static final TenantWeights EQUAL = new TenantWeights(Map.of());

    /** Rejects weights that are not above 0. */
    public TenantWeights {
        byTenant = Map.copyOf(byTenant);
        byTenant.forEach(
                (tenant, weight) -> {
                    if (!(weight > 0) || Double.isInfinite(weight)) {
                        throw new IllegalArgumentException(
                                "the weight of tenant '%s' must be above 0, got %s"
                                        .formatted(tenant, weight));
                    }
                });
    }

    /**
     * Reads {@code alice=2/bob=0.5}. In a name, {@code %2F}, {@code %2C}, {@code %3D} and {@code
     * %25} stand for a slash, a comma, an equals sign and a percent sign.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static TenantWeights parse(String text) {
        Map<String, Double> weights = new HashMap<>();
        for (String part : text.split("/", -1)) {
            String[] pair = part.split("=", 2);
            String tenant = plain(pair[0].strip());
            if (pair.length != 2 || tenant.isEmpty()) {
                throw new IllegalArgumentException(
                        "'%s' is not TENANT=WEIGHT, such as alice=2".formatted(part.strip()));
            }
            if (weights.put(tenant, weight(pair[1].strip())) != null) {
                throw new IllegalArgumentException("tenant '%s' has two weights".formatted(tenant));
            }
        }
        return new TenantWeights(weights);
    }

    private static String plain(String escaped) {
        return escaped.replace("%2F", "/")
                .replace("%2C", ",")
                .replace("%3D", "=")
                .replace("%25", "%");
    }

    private static double weight(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(
                    "'%s' is not a number; write TENANT=WEIGHT, such as alice=2".formatted(text),
                    none);
        }
    }

    /** The weight of a tenant. */
    public double of(String tenant) {
        return byTenant.getOrDefault(tenant, 1.0);
    }
}
