package io.sluice.audit;

/**
 * Where a record lies.
 *
 * @param topic topic without the prefix of the installation
 * @param partition its partition
 * @param offset its place there
 */
record Place(String topic, int partition, long offset) {

    @Override
    public String toString() {
        return "%s-%d-%d".formatted(topic, partition, offset);
    }
}
