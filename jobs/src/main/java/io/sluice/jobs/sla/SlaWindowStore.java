package io.sluice.jobs.sla;

import io.sluice.jobs.state.PendingSample;
import io.sluice.jobs.state.SlaAggregateState;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All state of one group: its open windows of every level, the samples not yet folded into them,
 * and which longer windows have changed since they were published. Owned by {@link
 * SlaWindowFunction}.
 *
 * <p>Samples are appended to a list and folded all at once when a window is to be published. On
 * RocksDB an append is a blind write, while an aggregate is read and written whole: a busy group
 * pays for that once a second instead of for each request.
 *
 * <p>Each sample is in exactly one aggregate. While its shortest window takes outcomes it is in
 * that; when that window is dropped, its aggregate moves up into the window of the next level, and
 * so on. So a longer window is what has moved up into it and whatever shorter windows of it are
 * still open; they are merged when it is published. An aggregate of an hour is written twelve times
 * an hour, and not for each change of it.
 */
final class SlaWindowStore {

    private static final String WINDOWS = "windows";
    private static final String ROLL_UPS = "roll-ups";
    private static final String UNPUBLISHED = "unpublished";
    private static final String PENDING = "pending";

    private final SlaWindowing windowing;
    private final MapState<Long, SlaAggregateState> windows;
    private final MapState<String, SlaAggregateState> rollUps;
    private final MapState<String, Boolean> unpublished;
    private final ListState<PendingSample> pending;

    SlaWindowStore(SlaWindowing windowing, RuntimeContext context) {
        this.windowing = windowing;
        TypeInformation<SlaAggregateState> aggregate = TypeInformation.of(SlaAggregateState.class);
        windows = context.getMapState(new MapStateDescriptor<>(WINDOWS, Types.LONG, aggregate));
        rollUps = context.getMapState(new MapStateDescriptor<>(ROLL_UPS, Types.STRING, aggregate));
        unpublished =
                context.getMapState(
                        new MapStateDescriptor<>(UNPUBLISHED, Types.STRING, Types.BOOLEAN));
        pending = context.getListState(new ListStateDescriptor<>(PENDING, PendingSample.class));
    }

    /** Keeps a sample for the next fold. */
    void append(PendingSample sample) throws Exception {
        pending.add(sample);
    }

    /**
     * Folds all kept samples into their windows; returns the shortest windows that changed. The
     * longer ones that changed with them are unpublished from now on.
     */
    SortedSet<SlaWindowId> fold() throws Exception {
        TreeMap<Long, List<PendingSample>> byWindow = new TreeMap<>();
        for (PendingSample sample : pending.get()) {
            byWindow.computeIfAbsent(sample.windowStartMillis(), start -> new ArrayList<>())
                    .add(sample);
        }
        pending.clear();
        SortedSet<SlaWindowId> changed = new TreeSet<>();
        for (Map.Entry<Long, List<PendingSample>> added : byWindow.entrySet()) {
            long start = added.getKey();
            windows.put(start, SlaStateMapping.added(windows.get(start), added.getValue()));
            SlaWindowId window = new SlaWindowId(windowing.lengthMillis(), start);
            changed.add(window);
            for (SlaWindowId longer : windowing.rollUpsOf(window)) {
                unpublished.put(longer.text(), true);
            }
        }
        return changed;
    }

    /** The longer windows that have changed since they were published. */
    SortedSet<SlaWindowId> unpublished() throws Exception {
        SortedSet<SlaWindowId> ids = new TreeSet<>();
        for (String id : unpublished.keys()) {
            ids.add(SlaWindowId.parse(id));
        }
        return ids;
    }

    /** Notes that a longer window was published as it is now. */
    void published(SlaWindowId longer) throws Exception {
        unpublished.remove(longer.text());
    }

    /** All windows that hold something of their own, the shortest first. */
    SortedSet<SlaWindowId> open() throws Exception {
        SortedSet<SlaWindowId> open = new TreeSet<>();
        for (Long start : windows.keys()) {
            open.add(new SlaWindowId(windowing.lengthMillis(), start));
        }
        for (String id : rollUps.keys()) {
            open.add(SlaWindowId.parse(id));
        }
        return open;
    }

    /** Whole content of a window of any level; null if it has none. */
    @Nullable SlaAggregateState content(SlaWindowId window) throws Exception {
        if (windowing.isShortest(window)) {
            return windows.get(window.startMillis());
        }
        List<SlaAggregateState> parts = new ArrayList<>();
        for (SlaWindowId part : open()) {
            if (window.covers(part)) {
                parts.add(own(part));
            }
        }
        return parts.isEmpty() ? null : SlaStateMapping.merged(parts);
    }

    /** Drops a window; what it holds of its own moves up into the window above it, if any. */
    Optional<SlaWindowId> drop(SlaWindowId window) throws Exception {
        SlaAggregateState own = own(window);
        Optional<SlaWindowId> parent = windowing.parentOf(window);
        if (parent.isPresent()) {
            String above = parent.get().text();
            SlaAggregateState before = rollUps.get(above);
            rollUps.put(above, before == null ? own : SlaStateMapping.merged(List.of(before, own)));
        }
        if (windowing.isShortest(window)) {
            windows.remove(window.startMillis());
        } else {
            rollUps.remove(window.text());
            unpublished.remove(window.text());
        }
        return parent;
    }

    private SlaAggregateState own(SlaWindowId window) throws Exception {
        return windowing.isShortest(window)
                ? windows.get(window.startMillis())
                : rollUps.get(window.text());
    }
}
