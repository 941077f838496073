package io.sluice.jobs.io;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a Kafka sink was built with. The connector has no accessors for it, and what it would do
 * with it can only be seen in a running job.
 */
record BuiltSink(
        DeliveryGuarantee guarantee,
        Properties producer,
        String transactionPrefix,
        TransactionNamingStrategy naming) {

    static BuiltSink of(Sink<?> sink) {
        return new BuiltSink(
                (DeliveryGuarantee) field(sink, "deliveryGuarantee"),
                (Properties) field(sink, "kafkaProducerConfig"),
                (String) field(sink, "transactionalIdPrefix"),
                (TransactionNamingStrategy) field(sink, "transactionNamingStrategy"));
    }

    /** All sinks of a job, by the name they have in the record of them. */
    static Map<String, BuiltSink> all(Record sinks) {
        return Arrays.stream(sinks.getClass().getRecordComponents())
                .collect(
                        Collectors.toMap(
                                RecordComponent::getName,
                                component -> of(component(sinks, component)),
                                (one, other) -> one,
                                TreeMap::new));
    }

    /** One thing about each of them. */
    static <T> Map<String, T> each(Map<String, BuiltSink> sinks, Function<BuiltSink, T> what) {
        return sinks.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, sink -> what.apply(sink.getValue())));
    }

    /** A setting of the producer, or the word for none. */
    String producer(String key) {
        return producer.getProperty(key, "default");
    }

    private static Sink<?> component(Record sinks, RecordComponent component) {
        try {
            return (Sink<?>) component.getAccessor().invoke(sinks);
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static Object field(Sink<?> sink, String name) {
        try {
            Field field = KafkaSink.class.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(sink);
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
