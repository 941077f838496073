package io.sluice.apps.worker;

import org.apache.kafka.common.utils.Utils;

import java.nio.charset.StandardCharsets;

/**
 * Where a worker reads and writes.
 *
 * @param dispatch its partition of the dispatch topic
 * @param events its partition of the worker-events topic
 */
record Partitions(int dispatch, int events) {

    /** The partition that Kafka's own producers would choose for the instance as a key. */
    static int ofInstance(String instanceId, int partitions) {
        byte[] key = instanceId.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
