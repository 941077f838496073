package io.sluice.jobs.scheduling;

import io.sluice.jobs.testing.Backend;

/** The store over objects on the heap. */
final class FlinkPendingStoreOnHashMapTest extends FlinkPendingStoreContract {

    FlinkPendingStoreOnHashMapTest() {
        super(Backend.HASHMAP);
    }
}
