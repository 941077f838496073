package io.sluice.jobs.sla;

import io.sluice.core.slo.SloObjective;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.jobs.state.ObjectiveInForce;
import io.sluice.jobs.state.SloObjectiveState;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The objectives in force: those of the options, until the control topic has said otherwise about
 * one of them; then what that said last, also after a restart with other options. Every subtask
 * that needs them keeps a book of its own; they are the same, because a book is a function of the
 * options and of the changes in their order.
 */
final class ObjectiveBook {

    /** Objectives that can be in force at once: each costs a verdict for each request. */
    static final int MOST = 200;

    /** State of a book. */
    static final MapStateDescriptor<String, ObjectiveInForce> STATE =
            new MapStateDescriptor<>(
                    "objectives", Types.STRING, TypeInformation.of(ObjectiveInForce.class));

    private final BroadcastState<String, ObjectiveInForce> state;
    private final Set<String> fileIds;

    /** In the order of their names: whoever goes through them does it alike everywhere. */
    private final Map<String, Entry> inForce = new TreeMap<>();

    /**
     * An objective in force.
     *
     * @param objective the objective
     * @param state the same for state
     * @param definition tells what its counts mean
     */
    record Entry(SloObjective objective, SloObjectiveState state, int definition) {

        static Entry of(SloObjectiveState state) {
            return new Entry(
                    SloStateMapping.objective(state), state, SloStateMapping.definition(state));
        }
    }

    /**
     * Opens a book.
     *
     * @param state what a snapshot held; brought up to date with the options
     * @param file objectives of the options
     */
    ObjectiveBook(BroadcastState<String, ObjectiveInForce> state, List<SloObjectiveState> file)
            throws Exception {
        this.state = state;
        this.fileIds =
                file.stream().map(SloObjectiveState::id).collect(Collectors.toUnmodifiableSet());
        forgetWhatTheOptionsNoLongerSay();
        for (SloObjectiveState objective : file) {
            ObjectiveInForce saved = state.get(objective.id());
            if (saved == null || saved.fromFile()) {
                state.put(objective.id(), new ObjectiveInForce(objective, true, false));
            }
        }
        for (Map.Entry<String, ObjectiveInForce> saved : state.immutableEntries()) {
            if (!saved.getValue().removed()) {
                inForce.put(saved.getKey(), Entry.of(saved.getValue().objective()));
            }
        }
    }

    private void forgetWhatTheOptionsNoLongerSay() throws Exception {
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, ObjectiveInForce> saved : state.immutableEntries()) {
            boolean ofOptions = saved.getValue().fromFile() || saved.getValue().removed();
            if (ofOptions && !fileIds.contains(saved.getKey())) {
                gone.add(saved.getKey());
            }
        }
        for (String id : gone) {
            state.remove(id);
        }
    }

    /**
     * Makes a change.
     *
     * @throws IllegalArgumentException if it makes no sense with what is in force; then nothing has
     *     changed
     */
    void apply(ObjectiveChange change) throws Exception {
        if (change.set() != null) {
            set(change.set());
        } else if (change.remove() != null) {
            remove(change.remove());
        }
    }

    private void set(SloObjectiveState objective) throws Exception {
        if (inForce.size() >= MOST && !inForce.containsKey(objective.id())) {
            throw new IllegalArgumentException(
                    "objective '%s' would be more than %d; remove one first"
                            .formatted(objective.id(), MOST));
        }
        state.put(objective.id(), new ObjectiveInForce(objective, false, false));
        inForce.put(objective.id(), Entry.of(objective));
    }

    private void remove(String id) throws Exception {
        Entry entry = inForce.get(id);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "no objective '%s' is in force; there are: %s"
                            .formatted(id, String.join(", ", inForce.keySet())));
        }
        inForce.remove(id);
        if (fileIds.contains(id)) {
            state.put(id, new ObjectiveInForce(entry.state(), false, true));
        } else {
            state.remove(id);
        }
    }

    /** Every objective in force, in the order of the names. */
    Iterable<Entry> all() {
        return inForce.values();
    }

    /** The objective of that name, or null if it is not in force. */
    @Nullable Entry find(String id) {
        return inForce.get(id);
    }
}
