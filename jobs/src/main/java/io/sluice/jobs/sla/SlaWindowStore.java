package io.sluice.jobs.sla;

import io.sluice.core.latency.SlaAggregate;
import io.sluice.core.latency.SlaSummary;
import io.sluice.jobs.state.PendingSample;
import io.sluice.jobs.state.SlaAggregateState;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All state of one group: its open windows, and the samples not yet folded into them. Owned by
 * {@link SlaWindowFunction}.
 *
 * <p>Samples are appended to a list and folded all at once when a window is to be published. On
 * RocksDB an append is a blind write, while an aggregate is read and written whole: a busy group
 * pays for that once a second instead of for each request.
 */
final class SlaWindowStore {

    private static final String WINDOWS = "windows";
    private static final String PENDING = "pending";

    private final MapState<Long, SlaAggregateState> windows;
    private final ListState<PendingSample> pending;

    SlaWindowStore(RuntimeContext context) {
        windows =
                context.getMapState(
                        new MapStateDescriptor<>(
                                WINDOWS, Types.LONG, TypeInformation.of(SlaAggregateState.class)));
        pending = context.getListState(new ListStateDescriptor<>(PENDING, PendingSample.class));
    }

    /** Keeps a sample for the next fold. */
    void append(PendingSample sample) throws Exception {
        pending.add(sample);
    }

    /**
     * Folds all kept samples into their windows; returns the starts of the windows that changed.
     */
    SortedSet<Long> fold() throws Exception {
        TreeMap<Long, List<PendingSample>> byWindow = new TreeMap<>();
        for (PendingSample sample : pending.get()) {
            byWindow.computeIfAbsent(sample.windowStartMillis(), start -> new ArrayList<>())
                    .add(sample);
        }
        pending.clear();
        for (Long start : byWindow.keySet()) {
            windows.put(start, folded(windows.get(start), byWindow.get(start)));
        }
        return new TreeSet<>(byWindow.keySet());
    }

    /** Starts of all open windows. */
    Set<Long> starts() throws Exception {
        Set<Long> starts = new TreeSet<>();
        windows.keys().forEach(starts::add);
        return starts;
    }

    /** Content of an open window. */
    SlaAggregateState window(long startMillis) throws Exception {
        return windows.get(startMillis);
    }

    /** Drops a window. */
    void drop(long startMillis) throws Exception {
        windows.remove(startMillis);
    }

    private static SlaAggregateState folded(SlaAggregateState before, List<PendingSample> samples) {
        SlaSummary summary = before == null ? SlaSummary.EMPTY : SlaStateMapping.summary(before);
        SlaAggregate aggregate = SlaAggregate.from(summary);
        long late = before == null ? 0 : before.lateEvents();
        for (PendingSample pendingSample : samples) {
            if (pendingSample.sample() == null) {
                late++;
            } else {
                aggregate.add(SlaStateMapping.sample(pendingSample.sample()));
            }
        }
        return SlaStateMapping.state(aggregate.summary(), late);
    }
}
