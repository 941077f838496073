package io.sluice.jobs.testing;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.io.VersionedIOReadableWritable;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.BackendStateType;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonOptionsKeys;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One state of one operator, as the operator's own snapshot names it.
 *
 * @param uid the operator
 * @param name name of the state
 * @param kind {@code value}, {@code list} or {@code map} of keyed state, {@code split list}, {@code
 *     union list} or {@code broadcast} of operator state
 * @param type simple name of the class of its values or elements
 */
public record KeptState(String uid, String name, String kind, String type) {

    private static final int MAX_PARALLELISM = 720;

    /**
     * The states of all operators of a graph that are written here; what sources and sinks keep is
     * the affair of Flink and its connectors. Timers are left out.
     */
    public static List<KeptState> of(StreamGraph graph) throws Exception {
        List<KeptState> states = new ArrayList<>();
        for (Map.Entry<String, List<StateMetaInfoSnapshot>> operator : metas(graph).entrySet()) {
            for (StateMetaInfoSnapshot meta : operator.getValue()) {
                states.add(of(operator.getKey(), meta));
            }
        }
        return states;
    }

    /** The same as the operators' snapshots describe it, by uid. */
    public static Map<String, List<StateMetaInfoSnapshot>> metas(StreamGraph graph)
            throws Exception {
        Map<String, List<StateMetaInfoSnapshot>> metas = new TreeMap<>();
        for (StreamNode node : graph.getStreamNodes()) {
            if (node.getOperatorFactory() instanceof SimpleOperatorFactory<?> factory) {
                boolean keyed = node.getStateKeySerializer() != null;
                metas.put(
                        node.getTransformationUID(), metas(snapshot(factory.getOperator(), keyed)));
            }
        }
        metas.values().removeIf(List::isEmpty);
        return metas;
    }

    @SuppressWarnings("try") // An interrupted close fails the test, as it should.
    private static OperatorSubtaskState snapshot(StreamOperator<?> operator, boolean keyed)
            throws Exception {
        try (AbstractStreamOperatorTestHarness<?> harness = harness(operator, keyed)) {
            harness.setup();
            harness.open();
            return harness.snapshot(1, 1);
        }
    }

    @SuppressWarnings("unchecked")
    private static AbstractStreamOperatorTestHarness<?> harness(
            StreamOperator<?> operator, boolean keyed) throws Exception {
        if (operator instanceof TwoInputStreamOperator<?, ?, ?> two) {
            var cast = (TwoInputStreamOperator<Object, Object, Object>) two;
            return keyed
                    ? new KeyedTwoInputStreamOperatorTestHarness<>(
                            cast, input -> "", null, Types.STRING, MAX_PARALLELISM, 1, 0)
                    : new TwoInputStreamOperatorTestHarness<>(cast, MAX_PARALLELISM, 1, 0);
        }
        var cast = (OneInputStreamOperator<Object, Object>) operator;
        return keyed
                ? new KeyedOneInputStreamOperatorTestHarness<>(
                        cast, input -> "", Types.STRING, MAX_PARALLELISM, 1, 0)
                : new OneInputStreamOperatorTestHarness<>(cast, MAX_PARALLELISM, 1, 0);
    }

    /** The states that a snapshot of an operator holds, timers left out. */
    public static List<StateMetaInfoSnapshot> metas(OperatorSubtaskState snapshot)
            throws IOException {
        List<StateMetaInfoSnapshot> metas = new ArrayList<>();
        for (KeyedStateHandle handle : snapshot.getManagedKeyedState()) {
            var proxy = new KeyedBackendSerializationProxy<String>(loader());
            read(proxy, (KeyGroupsStateHandle) handle);
            metas.addAll(proxy.getStateMetaInfoSnapshots());
        }
        for (OperatorStateHandle handle : snapshot.getManagedOperatorState()) {
            var proxy = new OperatorBackendSerializationProxy(loader());
            read(proxy, handle);
            metas.addAll(proxy.getOperatorStateMetaInfoSnapshots());
            metas.addAll(proxy.getBroadcastStateMetaInfoSnapshots());
        }
        metas.removeIf(meta -> meta.getBackendStateType() == BackendStateType.PRIORITY_QUEUE);
        return metas;
    }

    private static void read(VersionedIOReadableWritable proxy, StreamStateHandle handle)
            throws IOException {
        try (FSDataInputStream in = handle.openInputStream()) {
            proxy.read(new DataInputViewStreamWrapper(in));
        }
    }

    private static KeptState of(String uid, StateMetaInfoSnapshot meta) throws IOException {
        Class<?> type = classOf(element(serializer(meta)));
        return new KeptState(uid, meta.getName(), kind(meta), type.getSimpleName());
    }

    /** What serializes the values of a state. */
    public static TypeSerializer<?> serializer(StateMetaInfoSnapshot meta) {
        return meta.getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER)
                .restoreSerializer();
    }

    /** What a serializer serializes. */
    public static Class<?> classOf(TypeSerializer<?> serializer) throws IOException {
        if (serializer instanceof PojoSerializer<?>) {
            // It makes no instances of records, and its snapshot begins with the name of the class.
            DataOutputSerializer out = new DataOutputSerializer(1024);
            serializer.snapshotConfiguration().writeSnapshot(out);
            String name = new DataInputDeserializer(out.getSharedBuffer()).readUTF();
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                throw new IOException("a record of state was renamed, moved or removed", e);
            }
        }
        return serializer.createInstance().getClass();
    }

    /** Of a map what serializes its values, of a list its elements; otherwise itself. */
    public static TypeSerializer<?> element(TypeSerializer<?> serializer) {
        if (serializer instanceof MapSerializer<?, ?> map) {
            return map.getValueSerializer();
        }
        return serializer instanceof ListSerializer<?> list
                ? list.getElementSerializer()
                : serializer;
    }

    /** As in the component of that name. */
    public static String kind(StateMetaInfoSnapshot meta) {
        return switch (meta.getBackendStateType()) {
            case KEY_VALUE ->
                    meta.getOption(CommonOptionsKeys.KEYED_STATE_TYPE).toLowerCase(Locale.ROOT);
            case OPERATOR ->
                    meta.getOption(CommonOptionsKeys.OPERATOR_STATE_DISTRIBUTION_MODE)
                                    .equals("UNION")
                            ? "union list"
                            : "split list";
            case BROADCAST -> "broadcast";
            default -> throw new IllegalStateException("no state of ours is like " + meta);
        };
    }

    private static ClassLoader loader() {
        return KeptState.class.getClassLoader();
    }
}
