package io.sluice.jobs.epoch;

import java.io.Serializable;

/** Appends the job's tick to every partition of the workers' log. */
public interface TickPublisher extends AutoCloseable {

    /**
     * Appends one tick to every partition, without waiting for it to arrive.
     *
     * @throws RuntimeException if an earlier tick could not be written: the job must not go on deaf
     */
    void publish(long epoch);

    @Override
    void close();

    /** Makes a publisher where the job runs. */
    interface Factory extends Serializable {
        /** Opens a publisher. */
        TickPublisher open();
    }
}
