package io.sluice.jobs.testing;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What states look like: who keeps them, how they are serialized, and what records are made of. */
public final class StateShape {

    private static final Set<String> WHAT_AN_ADDED_COMPONENT_IS =
            Set.of("null", "0", "0.0", "false");

    private StateShape() {}

    /** A line for each state, and one for each record and enum that is in any. */
    public static List<String> of(Map<String, List<StateMetaInfoSnapshot>> states)
            throws IOException {
        List<String> lines = new ArrayList<>();
        Map<String, String> types = new TreeMap<>();
        for (Map.Entry<String, List<StateMetaInfoSnapshot>> operator : states.entrySet()) {
            for (StateMetaInfoSnapshot meta : operator.getValue()) {
                Class<?> type = KeptState.classOf(KeptState.element(KeptState.serializer(meta)));
                lines.add(
                        "%s %s: %s of %s, %s"
                                .formatted(
                                        operator.getKey(),
                                        meta.getName(),
                                        KeptState.kind(meta),
                                        type.getName(),
                                        serializers(meta)));
                types.putAll(types(type));
            }
        }
        lines.sort(null);
        lines.addAll(types.values());
        return lines;
    }

    private static String serializers(StateMetaInfoSnapshot meta) {
        TypeSerializer<?> value = KeptState.serializer(meta);
        var key = meta.getTypeSerializerSnapshot(CommonSerializerKeys.KEY_SERIALIZER);
        String by = name(value);
        if (KeptState.element(value) != value) {
            by += " of " + name(KeptState.element(value));
        }
        return key == null ? by : by + " by " + name(key.restoreSerializer());
    }

    private static String name(TypeSerializer<?> serializer) {
        return serializer.getClass().getSimpleName();
    }

    /** A line for a record or an enum and each that it holds, by name. */
    public static Map<String, String> types(Type type) {
        Map<String, String> lines = new TreeMap<>();
        collect(type, lines);
        return lines;
    }

    private static void collect(Type type, Map<String, String> lines) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(it -> collect(it, lines));
        } else if (type instanceof Class<?> plain && !lines.containsKey(plain.getName())) {
            if (plain.isRecord()) {
                String components =
                        Arrays.stream(plain.getRecordComponents())
                                .sorted(Comparator.comparing(RecordComponent::getName))
                                .map(it -> it.getName() + ": " + it.getGenericType().getTypeName())
                                .collect(Collectors.joining(", "));
                lines.put(plain.getName(), "record " + plain.getName() + " " + components);
                for (RecordComponent it : plain.getRecordComponents()) {
                    collect(it.getGenericType(), lines);
                }
            } else if (plain.isEnum()) {
                String constants = Arrays.toString(plain.getEnumConstants());
                lines.put(plain.getName(), "enum " + plain.getName() + " " + constants);
            }
        }
    }

    /**
     * What was written and is not what was restored. A component that is only in what was restored
     * has been added since, and must be absent.
     */
    public static List<String> lost(Map<String, String> written, Map<String, String> restored) {
        List<String> lost = new ArrayList<>();
        written.forEach(
                (path, value) -> {
                    if (!value.equals(restored.get(path))) {
                        lost.add("%s was %s and is %s".formatted(path, value, restored.get(path)));
                    }
                });
        restored.forEach(
                (path, value) -> {
                    if (!written.containsKey(path) && !WHAT_AN_ADDED_COMPONENT_IS.contains(value)) {
                        lost.add("%s was never written and is %s".formatted(path, value));
                    }
                });
        return lost;
    }
}
