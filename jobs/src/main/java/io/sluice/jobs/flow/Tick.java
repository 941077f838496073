package io.sluice.jobs.flow;

/**
 * A tick of the job, read back from the workers' log.
 *
 * @param epoch epoch that wrote it
 * @param partition partition it was read from
 * @param partitions partitions of the topic
 * @param logMillis its broker time
 */
public record Tick(long epoch, int partition, int partitions, long logMillis) {}
