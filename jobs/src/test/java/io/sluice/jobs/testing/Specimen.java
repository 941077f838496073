package io.sluice.jobs.testing;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of a type of state, made from the names of its components, and what they look like in
 * text. The same number makes the same value, wherever a component stands in its record.
 */
public final class Specimen {

    /** Specimens of a type: number 0 is as empty as can be, the others have every component set. */
    public static final int COUNT = 6;

    private static final int LARGE = 2;
    private static final int SMALL = 3;

    private Specimen() {}

    /**
     * The specimen of a type.
     *
     * @param number from 0 to {@link #COUNT}; 2 and 3 hold the limits of numbers, and the constants
     *     of an enum of up to five take turns
     */
    public static Object of(Class<?> type, int number) {
        return make(type, type.getSimpleName(), number);
    }

    private static Object make(Type type, String name, int number) {
        if (type instanceof ParameterizedType generic) {
            return container(generic, name, number);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(plain, number);
        }
        if (plain.isEnum()) {
            Object[] constants = plain.getEnumConstants();
            return constants[number % constants.length];
        }
        if (plain.isArray()) {
            return array(plain.getComponentType(), name, number);
        }
        return scalar(plain, name, number);
    }

    private static Object container(ParameterizedType type, String name, int number) {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < size(number); i++) {
                list.add(make(of[0], name + i, number));
            }
            return list;
        }
        if (type.getRawType() == Map.class) {
            Map<Object, Object> map = new TreeMap<>();
            for (int i = 0; i < size(number); i++) {
                map.put(make(of[0], name + i, number), make(of[1], name + i, number));
            }
            return map;
        }
        throw new IllegalArgumentException("no specimen of " + type + " is known; add one here");
    }

    private static Object array(Class<?> of, String name, int number) {
        Object array = Array.newInstance(of, size(number));
        for (int i = 0; i < size(number); i++) {
            Array.set(array, i, make(of, name + i, number));
        }
        return array;
    }

    private static int size(int number) {
        return number == 0 ? 0 : 1 + number % 2;
    }

    private static Object record(Class<?> type, int number) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            types[i] = component.getType();
            boolean absent =
                    number == 0 && component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] =
                    absent ? null : make(component.getGenericType(), component.getName(), number);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " takes no specimen of its components", e);
        }
    }

    private static Object scalar(Class<?> type, String name, int number) {
        int some = number == 0 ? 0 : Math.floorMod(name.hashCode(), 100_000) + number;
        if (type == String.class) {
            return number == 0 ? "" : name + " \u00e4 " + number;
        }
        if (type == boolean.class || type == Boolean.class) {
            return number % 2 == 1;
        }
        if (type == byte.class) {
            return (byte) some;
        }
        if (type == int.class || type == Integer.class) {
            return number == LARGE ? Integer.MAX_VALUE : number == SMALL ? Integer.MIN_VALUE : some;
        }
        if (type == long.class || type == Long.class) {
            return number == LARGE ? Long.MAX_VALUE : number == SMALL ? Long.MIN_VALUE : some;
        }
        if (type == double.class || type == Double.class) {
            return number == LARGE
                    ? Double.NaN
                    : number == SMALL ? Double.NEGATIVE_INFINITY : some / 8.0;
        }
        throw new IllegalArgumentException("no specimen of " + type + " is known; add one here");
    }

    /** The components of a value by path, down to numbers and words. */
    public static Map<String, String> text(String path, @Nullable Object value) {
        Map<String, String> lines = new TreeMap<>();
        write(path, value, lines);
        return lines;
    }

    private static void write(String path, @Nullable Object value, Map<String, String> lines) {
        if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                write(path + "." + component.getName(), read(value, component), lines);
            }
        } else if (value instanceof Map<?, ?> map) {
            lines.put(path + ".size", "" + map.size());
            map.forEach((key, it) -> write(path + "{" + key + "}", it, lines));
        } else if (value instanceof List<?> list) {
            lines.put(path + ".size", "" + list.size());
            for (int i = 0; i < list.size(); i++) {
                write(path + "[" + i + "]", list.get(i), lines);
            }
        } else if (value != null && value.getClass().isArray()) {
            lines.put(path + ".size", "" + Array.getLength(value));
            for (int i = 0; i < Array.getLength(value); i++) {
                write(path + "[" + i + "]", Array.get(value, i), lines);
            }
        } else {
            lines.put(path, "" + value);
        }
    }

    private static @Nullable Object read(Object value, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot read " + component, e);
        }
    }
}
