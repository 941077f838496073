package io.sluice.core.model;

/**
 * Where a prompt lies in the log. Scheduler state holds this, never the prompt.
 *
 * @param topic topic name
 * @param partition partition number
 * @param offset offset of the record
 */
public record PayloadLocation(String topic, int partition, long offset) {}
