package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.LaneEntry;
import io.sluice.core.kernel.PendingStore;
import io.sluice.core.model.RequestKey;
import io.sluice.jobs.state.LaneEntryState;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.FlinkRuntimeException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The entries of the lane whose key is current, one map entry each: constant cost for each change
 * on every backend, whatever the depth of the queue.
 */
final class FlinkPendingStore implements PendingStore {

    /** What a state access may throw. */
    private interface Access<T> {
        T run() throws Exception;
    }

    private final MapState<String, LaneEntryState> entries;

    FlinkPendingStore(MapState<String, LaneEntryState> entries) {
        this.entries = entries;
    }

    @Override
    public @Nullable LaneEntry get(RequestKey key) {
        LaneEntryState state = access(() -> entries.get(key.scoped()));
        return state == null ? null : state.toCore(key);
    }

    @Override
    public void put(LaneEntry entry) {
        access(
                () -> {
                    entries.put(entry.key().scoped(), LaneEntryState.of(entry));
                    return true;
                });
    }

    @Override
    public void remove(RequestKey key) {
        access(
                () -> {
                    entries.remove(key.scoped());
                    return true;
                });
    }

    @Override
    public Iterable<LaneEntry> all() {
        List<LaneEntry> all = new ArrayList<>();
        for (Map.Entry<String, LaneEntryState> entry : access(entries::entries)) {
            all.add(entry.getValue().toCore(RequestKey.parse(entry.getKey())));
        }
        return all;
    }

    private static <T> T access(Access<T> access) {
        try {
            return access.run();
        } catch (Exception e) {
            throw new FlinkRuntimeException("cannot access the entries of a lane", e);
        }
    }
}
