package io.sluice.jobs.io;

import io.sluice.jobs.state.LogPosition;

import java.io.Serializable;

/**
 * Turns a record of a topic into a record of a job.
 *
 * @param <A> record of the topic
 * @param <T> record of the job
 */
@FunctionalInterface
public interface RecordMapping<A, T> extends Serializable {

    /**
     * Maps one record.
     *
     * @throws IllegalArgumentException if the record is readable but makes no sense; it becomes a
     *     dead letter
     */
    T map(A record, LogPosition position);
}
