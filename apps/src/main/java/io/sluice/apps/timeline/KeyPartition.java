package io.sluice.apps.timeline;

import org.apache.kafka.common.utils.Utils;

import java.nio.charset.StandardCharsets;

/** Where a key leads to. */
final class KeyPartition {

    private KeyPartition() {}

    /**
     * The partition that Kafka's own Java producer gives a key: murmur2, as its documentation of
     * {@code partitioner.class} says. Other clients may choose others.
     */
    static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
