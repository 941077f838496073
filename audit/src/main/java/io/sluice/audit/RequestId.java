package io.sluice.audit;

import org.apache.avro.generic.GenericRecord;

/**
 * Whose request it is, and which.
 *
 * @param tenant its tenant, in whose scope the id is unique
 * @param id its id
 */
record RequestId(String tenant, String id) implements Comparable<RequestId> {

    /** Whose request it is if it names no tenant. */
    private static final String NO_TENANT = "default";

    /** The request that a record is about. */
    static RequestId of(GenericRecord record) {
        String tenant = Fields.text(record, "fairness_id");
        return new RequestId(
                tenant.isBlank() ? NO_TENANT : tenant, Fields.text(record, "request_id"));
    }

    @Override
    public int compareTo(RequestId other) {
        int byTenant = tenant.compareTo(other.tenant);
        return byTenant != 0 ? byTenant : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return "request %s of %s".formatted(id, tenant);
    }
}
