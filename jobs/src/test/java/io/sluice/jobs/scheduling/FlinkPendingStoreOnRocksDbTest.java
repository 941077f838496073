package io.sluice.jobs.scheduling;

import io.sluice.jobs.testing.Backend;

/** The store over bytes on disk. */
final class FlinkPendingStoreOnRocksDbTest extends FlinkPendingStoreContract {

    FlinkPendingStoreOnRocksDbTest() {
        super(Backend.ROCKSDB);
    }
}
