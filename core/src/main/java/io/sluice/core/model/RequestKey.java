package io.sluice.core.model;

import java.util.Objects;

/**
 * Identity of a request. Ids are scoped per tenant, so that no tenant can block another by reusing
 * an id.
 *
 * @param tenant who submitted it ({@code fairness_id} on the wire), never blank
 * @param requestId the submitter's id, never blank
 */
public record RequestKey(String tenant, String requestId) implements Comparable<RequestKey> {

    /** Validates both parts. */
    public RequestKey {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(requestId, "requestId");
        if (tenant.isBlank() || requestId.isBlank()) {
            throw new IllegalArgumentException(
                    "tenant and request id must not be blank, got '%s' and '%s'"
                            .formatted(tenant, requestId));
        }
    }

    /**
     * Returns the one-string form used as a state and partitioning key: the tenant, with {@code %}
     * and {@code /} escaped, a slash, the request id. Distinct keys have distinct forms.
     */
    public String scoped() {
        return tenant.replace("%", "%25").replace("/", "%2F") + "/" + requestId;
    }

    /**
     * Reads the form that {@link #scoped()} writes.
     *
     * @throws IllegalArgumentException if the text has no slash
     */
    public static RequestKey parse(String scoped) {
        int slash = scoped.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a scoped request key: '%s'".formatted(scoped));
        }
        String tenant = scoped.substring(0, slash).replace("%2F", "/").replace("%25", "%");
        return new RequestKey(tenant, scoped.substring(slash + 1));
    }

    /** Orders by request id, then tenant: the last tie-breaker of every queue. */
    @Override
    public int compareTo(RequestKey other) {
        int order = requestId.compareTo(other.requestId);
        return order == 0 ? tenant.compareTo(other.tenant) : order;
    }

    @Override
    public String toString() {
        return scoped();
    }
}
