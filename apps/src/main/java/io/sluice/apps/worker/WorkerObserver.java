package io.sluice.apps.worker;

import io.sluice.schemas.avro.WorkerEvent;

/** Hears what a worker does, for metrics and for people. Called by the loop. */
interface WorkerObserver {

    /** A new incarnation begins. */
    void begun(long incarnation);

    /** The broker has the registration of an incarnation. */
    void registered(long incarnation);

    /** Something was reported. */
    void reported(WorkerEvent event);
}
