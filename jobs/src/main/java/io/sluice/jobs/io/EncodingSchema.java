package io.sluice.jobs.io;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Writes records of a job to one topic.
 *
 * @param <T> record of the job
 * @param <A> record of the topic
 */
public final class EncodingSchema<T, A extends SpecificRecord>
        implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    /**
     * A function that travels with the job graph.
     *
     * @param <I> argument
     * @param <O> result
     */
    @FunctionalInterface
    public interface Mapping<I, O> extends Function<I, O>, Serializable {}

    private final String topic;
    private final WireForm<A> wire;
    private final Mapping<T, String> key;
    private final Mapping<T, A> value;

    /**
     * A schema for one topic.
     *
     * @param topic full name of the topic
     * @param recordClass record of the topic
     * @param key key of a record, as the catalogue of topics defines it
     * @param value the record itself
     */
    public EncodingSchema(
            String topic, Class<A> recordClass, Mapping<T, String> key, Mapping<T, A> value) {
        this.topic = topic;
        this.wire = WireForm.of(recordClass);
        this.key = key;
        this.value = value;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T element, KafkaSinkContext context, @Nullable Long timestamp) {
        // Without a timestamp of ours the producer takes its clock: the time of a record is when it
        // was written, not the log time it is about.
        return new ProducerRecord<>(
                topic,
                key.apply(element).getBytes(StandardCharsets.UTF_8),
                wire.write(value.apply(element)));
    }
}
