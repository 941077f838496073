package io.sluice.jobs.testing;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** The state backends that every operator is tested on. */
public enum Backend {
    /** Objects on the heap. */
    HASHMAP("hashmap") {
        @Override
        StateBackend create() {
            return new HashMapStateBackend();
        }
    },
    /** Bytes on disk: finds state that only works while nobody serializes it. */
    ROCKSDB("rocksdb") {
        @Override
        StateBackend create() {
            return new EmbeddedRocksDBStateBackend();
        }
    };

    private final String configurationName;

    Backend(String configurationName) {
        this.configurationName = configurationName;
    }

    /** What {@code state.backend.type} calls it. */
    public String configurationName() {
        return configurationName;
    }

    abstract StateBackend create();
}
