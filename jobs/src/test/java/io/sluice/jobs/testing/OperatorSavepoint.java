package io.sluice.jobs.testing;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Canonical savepoints of an operator that has the states of a real one, with specimens in them
 * rather than what its logic would keep.
 */
public final class OperatorSavepoint {

    private static final int MAX_PARALLELISM = 720;
    private static final String KEY = "key";

    private OperatorSavepoint() {}

    /** Takes one that holds every specimen of each state. */
    public static OperatorSubtaskState take(Backend backend, List<StateMetaInfoSnapshot> states)
            throws Exception {
        Shelf shelf = new Shelf();
        try (var harness = harness(backend, shelf)) {
            harness.open();
            for (StateMetaInfoSnapshot state : states) {
                shelf.fill(state);
            }
            return harness.snapshotWithLocalState(
                            1, 1, SavepointType.savepoint(SavepointFormatType.CANONICAL))
                    .getJobManagerOwnedState();
        }
    }

    /**
     * Restores one, and tells what is in it, by path.
     *
     * @param states the states as they are today
     */
    public static Map<String, String> read(
            Backend backend, OperatorSubtaskState savepoint, List<StateMetaInfoSnapshot> states)
            throws Exception {
        Shelf shelf = new Shelf();
        try (var harness = harness(backend, shelf)) {
            harness.initializeState(savepoint);
            harness.open();
            Map<String, String> text = new TreeMap<>();
            for (StateMetaInfoSnapshot state : states) {
                List<@Nullable Object> values = shelf.values(state);
                for (int i = 0; i < values.size(); i++) {
                    text.putAll(Specimen.text(state.getName() + "#" + i, values.get(i)));
                }
            }
            return text;
        }
    }

    /** What one that was just taken has in it, by path. */
    public static Map<String, String> specimens(List<StateMetaInfoSnapshot> states)
            throws IOException {
        Map<String, String> text = new TreeMap<>();
        for (StateMetaInfoSnapshot state : states) {
            Class<?> type = KeptState.classOf(KeptState.element(KeptState.serializer(state)));
            for (int i = 0; i < Specimen.COUNT; i++) {
                text.putAll(Specimen.text(state.getName() + "#" + i, Specimen.of(type, i)));
            }
        }
        return text;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, String, String> harness(
            Backend backend, Shelf shelf) throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        shelf, input -> input, Types.STRING, MAX_PARALLELISM, 1, 0);
        harness.setStateBackend(backend.create());
        harness.setup();
        return harness;
    }

    /** Has whatever state it is told to have. */
    @SuppressWarnings("unchecked") // Serializers come from snapshots, which know no types.
    private static final class Shelf extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(StreamRecord<String> element) {}

        private void fill(StateMetaInfoSnapshot meta) throws Exception {
            TypeSerializer<Object> element = element(meta);
            for (int i = 0; i < Specimen.COUNT; i++) {
                Object value = Specimen.of(KeptState.classOf(element), i);
                switch (KeptState.kind(meta)) {
                    case "value" -> value(meta, i).update(value);
                    case "map" -> map(meta).put(mapKey(meta, i), value);
                    case "broadcast" -> broadcast(meta).put(mapKey(meta, i), value);
                    default -> list(meta).add(value);
                }
            }
        }

        private List<@Nullable Object> values(StateMetaInfoSnapshot meta) throws Exception {
            List<@Nullable Object> values = new ArrayList<>();
            if (KeptState.kind(meta).endsWith("list")) {
                // A backend has null for a list of nothing; only a function's context hides that.
                Iterable<Object> elements = list(meta).get();
                if (elements != null) {
                    elements.forEach(values::add);
                }
                return values;
            }
            for (int i = 0; i < Specimen.COUNT; i++) {
                values.add(
                        switch (KeptState.kind(meta)) {
                            case "value" -> value(meta, i).value();
                            case "map" -> map(meta).get(mapKey(meta, i));
                            default -> broadcast(meta).get(mapKey(meta, i));
                        });
            }
            return values;
        }

        private ValueState<Object> value(StateMetaInfoSnapshot meta, int number) throws Exception {
            return keyed(KEY + number, new ValueStateDescriptor<>(meta.getName(), element(meta)));
        }

        private MapState<Object, Object> map(StateMetaInfoSnapshot meta) throws Exception {
            var descriptor =
                    new MapStateDescriptor<>(meta.getName(), keySerializer(meta), element(meta));
            return keyed(KEY, descriptor);
        }

        private BroadcastState<Object, Object> broadcast(StateMetaInfoSnapshot meta)
                throws Exception {
            return getOperatorStateBackend()
                    .getBroadcastState(
                            new MapStateDescriptor<>(
                                    meta.getName(), keySerializer(meta), element(meta)));
        }

        private ListState<Object> list(StateMetaInfoSnapshot meta) throws Exception {
            var descriptor = new ListStateDescriptor<>(meta.getName(), element(meta));
            return switch (KeptState.kind(meta)) {
                case "list" -> keyed(KEY, descriptor);
                case "union list" -> getOperatorStateBackend().getUnionListState(descriptor);
                default -> getOperatorStateBackend().getListState(descriptor);
            };
        }

        private <S extends State> S keyed(String key, StateDescriptor<S, ?> descriptor)
                throws Exception {
            KeyedStateBackend<String> backend = getKeyedStateBackend();
            backend.setCurrentKey(key);
            return backend.getPartitionedState(
                    VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
        }

        private static Object mapKey(StateMetaInfoSnapshot meta, int number) throws IOException {
            return Specimen.of(KeptState.classOf(keySerializer(meta)), number);
        }

        private static TypeSerializer<Object> element(StateMetaInfoSnapshot meta) {
            return (TypeSerializer<Object>) KeptState.element(KeptState.serializer(meta));
        }

        private static TypeSerializer<Object> keySerializer(StateMetaInfoSnapshot meta) {
            return KeptState.serializer(meta) instanceof MapSerializer<?, ?> map
                    ? (TypeSerializer<Object>) map.getKeySerializer()
                    : (TypeSerializer<Object>)
                            meta.getTypeSerializerSnapshot(CommonSerializerKeys.KEY_SERIALIZER)
                                    .restoreSerializer();
        }
    }
}
