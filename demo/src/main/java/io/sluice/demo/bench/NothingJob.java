package io.sluice.demo.bench;

import io.sluice.jobs.JobEnvironment;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * From Kafka through one shuffle to Kafka, with the delivery settings of the scheduler's dispatch
 * path: the speed of light of this machine. Each copy is the append time of its request.
 */
final class NothingJob {

    private NothingJob() {}

    /** Copies requests. */
    static void define(StreamExecutionEnvironment env, BenchTopics topics) {
        define(env, topics, topics.requests());
    }

    /** Copies what is in a topic. */
    static void define(StreamExecutionEnvironment env, BenchTopics topics, String from) {
        KafkaSource<byte[]> source =
                KafkaSource.<byte[]>builder()
                        .setBootstrapServers(topics.bootstrapServers())
                        .setTopics(from)
                        .setGroupId("bench-nothing")
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setDeserializer(new AppendTime())
                        .build();
        KafkaSink<byte[]> sink =
                KafkaSink.<byte[]>builder()
                        .setBootstrapServers(topics.bootstrapServers())
                        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                        .setProperty(ProducerConfig.LINGER_MS_CONFIG, "0")
                        .setRecordSerializer(new Copy(topics.copies()))
                        .build();
        env.setMaxParallelism(JobEnvironment.MAX_PARALLELISM);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "records")
                .uid("nothing-source")
                .keyBy(copy -> ByteBuffer.wrap(copy).getLong(Long.BYTES), Types.LONG)
                .map(copy -> copy)
                .returns(byte[].class)
                .uid("nothing-map")
                .sinkTo(sink)
                .uid("nothing-sink");
    }

    /** Append time, then a key. */
    private static final class AppendTime implements KafkaRecordDeserializationSchema<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<byte[]> out) {
            out.collect(
                    ByteBuffer.allocate(2 * Long.BYTES)
                            .putLong(record.timestamp())
                            .putLong(record.offset())
                            .array());
        }

        @Override
        public TypeInformation<byte[]> getProducedType() {
            return TypeInformation.of(byte[].class);
        }
    }

    /** The copy as it is. */
    private record Copy(String topic) implements KafkaRecordSerializationSchema<byte[]> {
        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                byte[] copy, KafkaSinkContext context, @Nullable Long timestamp) {
            return new ProducerRecord<>(topic, copy);
        }
    }
}
