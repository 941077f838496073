package io.sluice.apps.worker;

import io.sluice.schemas.RecordLimits;
import io.sluice.sim.worker.WorkerSettings;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A worker to run.
 *
 * @param instanceId the instance it is the worker of
 * @param engine the GPU server it simulates
 * @param settings heartbeat, lease and how long ended runs are remembered
 * @param ledgerDirectory where its ledger lies, from one process to the next
 * @param dispatchPartition partition of the dispatch topic to read; empty for the one that the
 *     instance id hashes to
 */
public record WorkerSpec(
        String instanceId,
        EngineSpec engine,
        WorkerSettings settings,
        Path ledgerDirectory,
        OptionalInt dispatchPartition) {

    /** Checks the instance id. */
    public WorkerSpec {
        if (instanceId.isBlank()) {
            throw new IllegalArgumentException("instance id must not be blank");
        }
        if (!RecordLimits.fits(instanceId, RecordLimits.ID_BYTES)) {
            throw new IllegalArgumentException(
                    "instance id has %d bytes; the scheduler reads ids of at most %d"
                            .formatted(RecordLimits.bytes(instanceId), RecordLimits.ID_BYTES));
        }
    }
}
