package io.sluice.demo.rules;

import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Reads a topic as something else than it is.
 *
 * @param schema reads it
 * @param change what is read instead; null for nothing
 */
record Reread<T>(KafkaRecordDeserializationSchema<T> schema, Change<T> change)
        implements KafkaRecordDeserializationSchema<T> {

    /** A change that travels with the job graph. */
    interface Change<T> extends UnaryOperator<T>, Serializable {}

    @Override
    public void open(InitializationContext context) throws Exception {
        schema.open(context);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out)
            throws IOException {
        List<T> read = new ArrayList<>();
        schema.deserialize(record, new Into<>(read));
        read.stream().map(change).filter(Objects::nonNull).forEach(out::collect);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }

    private record Into<T>(List<T> list) implements Collector<T> {
        @Override
        public void collect(T element) {
            list.add(element);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
