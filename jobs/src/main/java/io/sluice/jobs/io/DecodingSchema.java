package io.sluice.jobs.io;

import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.DecodeException;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the records of one topic as {@link Decoded}. Throws for nothing that a record can contain:
 * an exception in a source is a restart loop on one bad record.
 *
 * @param <A> record of the topic
 * @param <T> record of the job
 */
public final class DecodingSchema<A extends SpecificRecord, T>
        implements KafkaRecordDeserializationSchema<Decoded<T>> {
    private static final long serialVersionUID = 1L;

    /** Stage of the dead letters that come from here. */
    public static final String STAGE = "decode";

    /** Error class of a record without a value. */
    static final String EMPTY_RECORD = "EmptyRecord";

    private final WireForm<A> wire;
    private final RecordMapping<A, T> mapping;
    private final TypeInformation<Decoded<T>> type;

    /**
     * A schema for one topic.
     *
     * @param recordClass record of the topic
     * @param mapping to the record of the job
     * @param type type of what is emitted, with the record of the job filled in
     */
    public DecodingSchema(
            Class<A> recordClass, RecordMapping<A, T> mapping, TypeInformation<Decoded<T>> type) {
        this.wire = WireForm.of(recordClass);
        this.mapping = mapping;
        this.type = type;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded<T>> out)
            throws IOException {
        out.collect(decode(record));
    }

    @Override
    public TypeInformation<Decoded<T>> getProducedType() {
        return type;
    }

    Decoded<T> decode(ConsumerRecord<byte[], byte[]> record) throws IOException {
        LogPosition position =
                new LogPosition(
                        record.topic(), record.partition(), record.offset(), record.timestamp());
        if (record.value() == null) {
            return failed(record, position, failure(EMPTY_RECORD, "the record has no value", null));
        }
        try {
            return Decoded.of(position, mapping.map(wire.read(record.value()), position));
        } catch (DecodeException e) {
            Long fingerprint = e.fingerprint().isPresent() ? e.fingerprint().getAsLong() : null;
            return failed(record, position, failure(e, fingerprint));
        } catch (IllegalArgumentException e) {
            return failed(record, position, failure(e, null));
        }
    }

    private Decoded<T> failed(
            ConsumerRecord<byte[], byte[]> record, LogPosition position, Failure failure) {
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? new byte[0] : header.value());
        }
        return Decoded.failed(
                position, new RawMessage(record.key(), record.value(), headers), failure);
    }

    private static Failure failure(Exception e, @Nullable Long fingerprint) {
        return failure(e.getClass().getSimpleName(), String.valueOf(e.getMessage()), fingerprint);
    }

    private static Failure failure(String errorClass, String message, @Nullable Long fingerprint) {
        return new Failure(STAGE, errorClass, message, fingerprint);
    }
}
