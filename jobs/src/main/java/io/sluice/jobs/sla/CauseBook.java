package io.sluice.jobs.sla;

import io.sluice.core.slo.Cause;
import io.sluice.jobs.state.CausesAt;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The causes that were told, by the end of the slot from which on they hold. Those of later slots
 * may come before a series evaluates an earlier one, so the newest is not enough.
 */
final class CauseBook {

    /** State of a book. */
    static final MapStateDescriptor<Long, CausesAt> STATE =
            new MapStateDescriptor<>("causes", Types.LONG, TypeInformation.of(CausesAt.class));

    private final BroadcastState<Long, CausesAt> state;
    private final NavigableMap<Long, CausesAt> told = new TreeMap<>();

    CauseBook(BroadcastState<Long, CausesAt> state) throws Exception {
        this.state = state;
        for (Map.Entry<Long, CausesAt> saved : state.immutableEntries()) {
            told.put(saved.getKey(), saved.getValue());
        }
    }

    /**
     * Takes note of causes, and forgets those that nobody will ask for any more.
     *
     * @param watermark log time of the reader
     */
    void apply(CausesAt causes, long watermark) throws Exception {
        state.put(causes.atMillis(), causes);
        told.put(causes.atMillis(), causes);
        Long inForce = told.floorKey(watermark);
        if (inForce != null) {
            for (Long past : new ArrayList<>(told.headMap(inForce).keySet())) {
                state.remove(past);
                told.remove(past);
            }
        }
    }

    /** The causes at the end of a slot, in the order of their beginning. */
    List<Cause> at(long atMillis) {
        Map.Entry<Long, CausesAt> entry = told.floorEntry(atMillis);
        return entry == null
                ? List.of()
                : entry.getValue().causes().stream().map(CauseStateMapping::cause).toList();
    }
}
