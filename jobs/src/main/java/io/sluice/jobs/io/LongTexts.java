package io.sluice.jobs.io;

import io.sluice.schemas.RecordLimits;

import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the texts of a record that are too long to be repeated in others. A record that the job
 * could not write would stop it, and again after every restart.
 */
final class LongTexts {

    private static final Set<String> IDS = Set.of("request_id", "fairness_id", "instance_id");

    /** For people: cut by those who pass them on, since what they explain still holds. */
    private static final Set<String> EXPLANATIONS = Set.of("message", "error_message", "reason");

    private final List<String> faults = new ArrayList<>();

    private LongTexts() {}

    /**
     * Names each text that is too long, with its length and the limit. Looks into records within
     * the record, not into lists.
     */
    static List<String> faults(IndexedRecord record) {
        LongTexts check = new LongTexts();
        check.look(record, "");
        return check.faults;
    }

    /**
     * Returns if no text is too long.
     *
     * @throws IllegalArgumentException otherwise
     */
    static void refuse(IndexedRecord record) {
        List<String> faults = faults(record);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    /** What can be passed on of a text for people. */
    static @Nullable String explanation(@Nullable String text) {
        return text == null ? null : RecordLimits.cut(text, RecordLimits.TEXT_BYTES);
    }

    private void look(IndexedRecord record, String path) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value instanceof String text && !EXPLANATIONS.contains(field.name())) {
                measure(path + field.name(), text, limit(field.name()));
            } else if (value instanceof IndexedRecord within) {
                look(within, path + field.name() + ".");
            }
        }
    }

    private void measure(String field, String text, int limit) {
        if (!RecordLimits.fits(text, limit)) {
            faults.add(
                    "%s has %d bytes, above the limit of %d"
                            .formatted(field, RecordLimits.bytes(text), limit));
        }
    }

    private static int limit(String field) {
        return IDS.contains(field) ? RecordLimits.ID_BYTES : RecordLimits.TEXT_BYTES;
    }
}
