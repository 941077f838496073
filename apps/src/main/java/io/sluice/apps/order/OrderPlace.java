package io.sluice.apps.order;

/**
 * Where an order stands in the control topic.
 *
 * @param topic the topic, prefix included
 * @param partition its partition
 * @param offset its offset there
 */
public record OrderPlace(String topic, int partition, long offset) {

    /** As decisions name it: topic-partition-offset. */
    @Override
    public String toString() {
        return "%s-%d-%d".formatted(topic, partition, offset);
    }
}
