package io.sluice.jobs.io.sql;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** From the value of a field of a record to the value of a column. */
@FunctionalInterface
interface FieldValue {

    /** The value of the column. */
    @Nullable Object of(@Nullable Object value);

    /**
     * The rows of a table, or of a column with fields of its own.
     *
     * @param schema of the record
     * @param columns each named as a field of it
     * @param place what is described, for errors
     * @throws ValidationException if a column is no field, or of another type
     */
    static FieldValue row(Schema schema, RowType columns, String place) {
        List<RowType.RowField> wanted = columns.getFields();
        int[] positions = new int[wanted.size()];
        FieldValue[] values = new FieldValue[wanted.size()];
        for (int i = 0; i < positions.length; i++) {
            RowType.RowField column = wanted.get(i);
            Schema.Field field = schema.getField(column.getName());
            if (field == null) {
                throw new ValidationException(noField(schema, column.getName(), place));
            }
            positions[i] = field.pos();
            values[i] = of(field.schema(), column.getType(), place + "." + column.getName());
        }
        return value -> value == null ? null : rowOf((IndexedRecord) value, positions, values);
    }

    private static GenericRowData rowOf(
            IndexedRecord record, int[] positions, FieldValue[] values) {
        GenericRowData row = new GenericRowData(positions.length);
        for (int i = 0; i < positions.length; i++) {
            row.setField(i, values[i].of(record.get(positions[i])));
        }
        return row;
    }

    private static String noField(Schema schema, String column, String place) {
        String fields =
                schema.getFields().stream()
                        .map(Schema.Field::name)
                        .collect(Collectors.joining(", "));
        return "%s has no field %s; it has %s".formatted(place, column, fields);
    }

    private static FieldValue of(Schema schema, LogicalType column, String place) {
        Schema type = withoutNull(schema);
        return switch (type.getType()) {
            case STRING, ENUM -> {
                require(column, LogicalTypeRoot.VARCHAR, place);
                yield value -> value == null ? null : StringData.fromString(value.toString());
            }
            case INT -> same(column, LogicalTypeRoot.INTEGER, place);
            case LONG -> ofLong(type, column, place);
            case FLOAT -> same(column, LogicalTypeRoot.FLOAT, place);
            case DOUBLE -> same(column, LogicalTypeRoot.DOUBLE, place);
            case BOOLEAN -> same(column, LogicalTypeRoot.BOOLEAN, place);
            case BYTES -> {
                require(column, LogicalTypeRoot.VARBINARY, place);
                yield value -> value == null ? null : bytes((ByteBuffer) value);
            }
            case ARRAY -> ofArray(type, column, place);
            case MAP -> ofMap(type, column, place);
            case RECORD -> {
                require(column, LogicalTypeRoot.ROW, place);
                yield row(type, (RowType) column, place);
            }
            case UNION, FIXED, NULL ->
                    throw new ValidationException(
                            "%s is a %s, which has no column".formatted(place, type.getType()));
        };
    }

    private static FieldValue ofLong(Schema type, LogicalType column, String place) {
        if (type.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            require(column, LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE, place);
            return value -> value == null ? null : TimestampData.fromInstant((Instant) value);
        }
        return same(column, LogicalTypeRoot.BIGINT, place);
    }

    private static FieldValue ofArray(Schema type, LogicalType column, String place) {
        require(column, LogicalTypeRoot.ARRAY, place);
        LogicalType elementType = ((ArrayType) column).getElementType();
        FieldValue element = of(type.getElementType(), elementType, place + "[]");
        Class<?> elementClass = valueClass(elementType);
        return value -> value == null ? null : arrayOf((List<?>) value, element, elementClass);
    }

    private static GenericArrayData arrayOf(
            List<?> values, FieldValue element, Class<?> elementClass) {
        // Of the very class: what reads it may ask for an array of numbers.
        Object[] array = (Object[]) Array.newInstance(elementClass, values.size());
        for (int i = 0; i < array.length; i++) {
            array[i] = element.of(values.get(i));
        }
        return new GenericArrayData(array);
    }

    /** What values of a column are inside Flink. */
    private static Class<?> valueClass(LogicalType column) {
        return switch (column.getTypeRoot()) {
            case INTEGER -> Integer.class;
            case BIGINT -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case BOOLEAN -> Boolean.class;
            case VARCHAR -> StringData.class;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TimestampData.class;
            case ROW -> RowData.class;
            default -> Object.class;
        };
    }

    private static FieldValue ofMap(Schema type, LogicalType column, String place) {
        require(column, LogicalTypeRoot.MAP, place);
        MapType map = (MapType) column;
        require(map.getKeyType(), LogicalTypeRoot.VARCHAR, place + " (key)");
        FieldValue entry = of(type.getValueType(), map.getValueType(), place + "{}");
        return value -> value == null ? null : mapOf((Map<?, ?>) value, entry);
    }

    private static GenericMapData mapOf(Map<?, ?> map, FieldValue entry) {
        Map<Object, @Nullable Object> values = new HashMap<>();
        map.forEach(
                (key, value) -> values.put(StringData.fromString(key.toString()), entry.of(value)));
        return new GenericMapData(values);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static FieldValue same(LogicalType column, LogicalTypeRoot expected, String place) {
        require(column, expected, place);
        return value -> value;
    }

    private static void require(LogicalType column, LogicalTypeRoot expected, String place) {
        if (column.getTypeRoot() != expected) {
            throw new ValidationException(
                    "the column of %s is %s; it must be a %s"
                            .formatted(place, column.asSummaryString(), expected));
        }
    }

    /** The one type of a field that may be absent. */
    private static Schema withoutNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> types =
                schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .toList();
        return types.size() == 1 ? types.get(0) : schema;
    }
}
