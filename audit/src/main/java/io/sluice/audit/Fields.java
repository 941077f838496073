package io.sluice.audit;

import org.apache.avro.generic.GenericRecord;

/** Fields of a record by name. */
final class Fields {

    private Fields() {}

    /** A text or the name of a symbol; empty if it is absent. */
    static String text(GenericRecord record, String field) {
        Object value = record.get(field);
        return value == null ? "" : value.toString();
    }

    /** A whole number; 0 if it is absent. */
    static long number(GenericRecord record, String field) {
        return record.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /** Whether a field is there and true. */
    static boolean is(GenericRecord record, String field) {
        return Boolean.TRUE.equals(record.get(field));
    }
}
