package io.sluice.jobs.state;

/**
 * Where a record is in the log.
 *
 * @param topic topic, prefix included
 * @param partition partition
 * @param offset offset in it
 * @param timestampMillis time of the record; the broker's where the topic has append times
 */
public record LogPosition(String topic, int partition, long offset, long timestampMillis) {}
