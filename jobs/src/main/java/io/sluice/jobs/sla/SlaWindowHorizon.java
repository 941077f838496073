package io.sluice.jobs.sla;

import io.sluice.jobs.state.SlaLevelsState;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

import java.util.List;

/**
 * Between which moments of log time the windows of a subtask are whole. Kept beside the keyed
 * state, in operator state that every subtask sees after a restore.
 *
 * <p>Behind: the latest expiry of all dropped windows. The watermark does not survive a restore,
 * and until it is back an outcome that is too late would reopen a dropped window and replace its
 * published value by that of a single request.
 *
 * <p>Ahead: the start of the first longer window that holds all its outcomes. A job that is
 * restored with other levels than it had, or from a version that had none, has not kept what the
 * longer windows of that moment need; they are not published.
 */
final class SlaWindowHorizon {

    private static final String DROPPED_UP_TO = "dropped-up-to";
    private static final String LEVELS = "levels";

    private final SlaWindowing windowing;
    private final ListState<Long> droppedUpToState;
    private final ListState<SlaLevelsState> levelsState;
    private final long wholeSince;
    private long droppedUpTo = Long.MIN_VALUE;

    SlaWindowHorizon(SlaWindowing windowing, FunctionInitializationContext context)
            throws Exception {
        this.windowing = windowing;
        droppedUpToState =
                context.getOperatorStateStore()
                        .getUnionListState(new ListStateDescriptor<>(DROPPED_UP_TO, Types.LONG));
        levelsState =
                context.getOperatorStateStore()
                        .getUnionListState(new ListStateDescriptor<>(LEVELS, SlaLevelsState.class));
        for (Long expiry : droppedUpToState.get()) {
            droppedUpTo = Math.max(droppedUpTo, expiry);
        }
        wholeSince = context.isRestored() ? restoredSince() : Long.MIN_VALUE;
    }

    private long restoredSince() throws Exception {
        long since = Long.MIN_VALUE;
        boolean same = false;
        for (SlaLevelsState restored : levelsState.get()) {
            same = restored.lengths().equals(windowing.levels());
            since = Math.max(since, restored.wholeSinceMillis());
        }
        return same || droppedUpTo == Long.MIN_VALUE ? since : Math.max(since, droppedUpTo + 1);
    }

    void snapshot() throws Exception {
        droppedUpToState.update(List.of(droppedUpTo));
        levelsState.update(List.of(new SlaLevelsState(windowing.levels(), wholeSince)));
    }

    /** Latest expiry of all windows that were dropped. */
    long droppedUpTo() {
        return droppedUpTo;
    }

    /** A window was dropped. */
    void dropped(SlaWindowId window) {
        droppedUpTo = Math.max(droppedUpTo, windowing.expiryOf(window));
    }

    /**
     * Whether everything that counts in a window is kept; the shortest windows always are whole.
     */
    boolean holdsAllOf(SlaWindowId window) {
        return windowing.isShortest(window) || window.startMillis() >= wholeSince;
    }
}
