package io.sluice.jobs.io.sql;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * Reads the records of one topic as rows.
 *
 * @param <A> record of the topic
 */
final class RecordRowSchema<A extends SpecificRecord> implements DeserializationSchema<RowData> {
    private static final long serialVersionUID = 1L;

    private final Class<A> record;
    private final RowType columns;
    private final TypeInformation<RowData> produced;
    private final boolean lenient;
    private transient @Nullable AvroCodec<A> codec;
    private transient @Nullable FieldValue rows;

    private RecordRowSchema(
            Class<A> record, RowType columns, TypeInformation<RowData> produced, boolean lenient) {
        this.record = record;
        this.columns = columns;
        this.produced = produced;
        this.lenient = lenient;
    }

    /**
     * A schema for the columns of a table.
     *
     * @throws org.apache.flink.table.api.ValidationException if a column is no field of the record,
     *     or of another type
     */
    static <A extends SpecificRecord> RecordRowSchema<A> of(
            Class<A> record, RowType columns, TypeInformation<RowData> produced, boolean lenient) {
        RecordRowSchema<A> schema = new RecordRowSchema<>(record, columns, produced, lenient);
        // Here, where the query is planned, rather than on a machine of the cluster.
        schema.rows();
        return schema;
    }

    @Override
    public @Nullable RowData deserialize(byte @Nullable [] message) throws IOException {
        if (message == null) {
            return null;
        }
        try {
            return (RowData) rows().of(codec().decode(message));
        } catch (DecodeException e) {
            if (lenient) {
                return null;
            }
            throw new IOException(
                    "no %s: %s; %s.ignore-parse-errors = true leaves such records out"
                            .formatted(
                                    record.getSimpleName(),
                                    e.getMessage(),
                                    SluiceAvroFormat.IDENTIFIER),
                    e);
        }
    }

    @Override
    public boolean isEndOfStream(RowData row) {
        return false;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return produced;
    }

    private AvroCodec<A> codec() {
        AvroCodec<A> made = codec;
        if (made == null) {
            made = AvroCodec.of(record);
            codec = made;
        }
        return made;
    }

    private FieldValue rows() {
        FieldValue made = rows;
        if (made == null) {
            Schema schema = SpecificData.get().getSchema(record);
            made = FieldValue.row(schema, columns, record.getSimpleName());
            rows = made;
        }
        return made;
    }
}
