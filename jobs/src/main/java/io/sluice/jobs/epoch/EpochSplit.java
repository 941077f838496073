package io.sluice.jobs.epoch;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The only split of the epoch source.
 *
 * @param epoch epoch of the job attempt that saved it; 0 before the first
 */
public record EpochSplit(long epoch) implements SourceSplit {

    @Override
    public String splitId() {
        return "epoch";
    }
}
