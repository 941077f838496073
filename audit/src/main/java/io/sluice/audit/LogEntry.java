package io.sluice.audit;

import org.apache.avro.generic.GenericRecord;

import org.jspecify.annotations.Nullable;

/**
 * A record of a topic.
 *
 * @param topic topic without the prefix of the installation, such as {@code worker-events}
 * @param partition its partition
 * @param offset its place there
 * @param timeMillis its timestamp; in {@code requests}, {@code worker-events} and {@code outcomes}
 *     when the broker appended it, elsewhere when it was written
 * @param value what it says; null if it cannot be read, or says nothing
 */
public record LogEntry(
        String topic, int partition, long offset, long timeMillis, @Nullable GenericRecord value) {

    /** Topic, partition and offset. */
    Place place() {
        return new Place(topic, partition, offset);
    }
}
