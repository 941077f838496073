package io.sluice.jobs.epoch;

import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives the one split to the first reader that comes, once. Its state is whether it has done so: 1
 * or 0.
 */
final class EpochEnumerator implements SplitEnumerator<EpochSplit, Long> {

    private final SplitEnumeratorContext<EpochSplit> context;
    private final List<EpochSplit> unassigned = new ArrayList<>();

    EpochEnumerator(SplitEnumeratorContext<EpochSplit> context, boolean assigned) {
        this.context = context;
        if (!assigned) {
            unassigned.add(new EpochSplit(0));
        }
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<EpochSplit> splits, int subtask) {
        unassigned.addAll(splits);
    }

    @Override
    public void addReader(int subtask) {
        unassigned.forEach(split -> context.assignSplit(split, subtask));
        unassigned.clear();
    }

    @Override
    public Long snapshotState(long checkpointId) {
        return unassigned.isEmpty() ? 1L : 0L;
    }

    @Override
    public void close() {}
}
