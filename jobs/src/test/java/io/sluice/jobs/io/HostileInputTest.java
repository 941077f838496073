package io.sluice.jobs.io;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.HostileRecords;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.HandBack;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.Collector;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every source of both jobs on hostile records: each becomes something that Flink can send on, or a
 * dead letter that fits its topic.
 */
class HostileInputTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final AvroCodec<DeadLetter> LETTERS = AvroCodec.of(DeadLetter.class);

    private enum Source {
        REQUESTS(InferenceRequest.class, SchedulerKafka.requestSchema(8_192)),
        CONTROL(ControlEvent.class, SchedulerKafka.controlSchema()),
        HANDBACKS(HandBack.class, SchedulerKafka.handBackSchema()),
        WORKER_EVENTS(WorkerEvent.class, SchedulerKafka.workerEventSchema()),
        ENDS(RequestOutcome.class, SchedulerKafka.endSchema()),
        SLA_OUTCOMES(RequestOutcome.class, SlaKafka.outcomeSchema()),
        LOG_TIME(WorkerEvent.class, new LogTimeSchema()),
        OBJECTIVES(ControlEvent.class, new ObjectiveChangeSchema());

        private final Class<? extends SpecificRecord> type;
        private final KafkaRecordDeserializationSchema<?> schema;

        Source(Class<? extends SpecificRecord> type, KafkaRecordDeserializationSchema<?> schema) {
            this.type = type;
            this.schema = schema;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordIsReadOrKept(Source source) {
        feed(source.type, source.schema);
    }

    private static <T> void feed(
            Class<? extends SpecificRecord> type, KafkaRecordDeserializationSchema<T> schema) {
        Sent<T> sent =
                new Sent<>(schema.getProducedType().createSerializer(new SerializerConfigImpl()));
        HostileRecords.feed(type, value -> schema.deserialize(record(value), sent));
        assertThat(sent.letters + sent.values).isPositive();
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(
                "inference.topic",
                3,
                42,
                NOW,
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    /** Sends each on as Flink does between tasks. */
    private static final class Sent<T> implements Collector<T> {

        private final TypeSerializer<T> serializer;
        private int letters;
        private int values;

        Sent(TypeSerializer<T> serializer) {
            this.serializer = serializer;
        }

        @Override
        public void collect(T element) {
            try {
                DataOutputSerializer out = new DataOutputSerializer(512);
                serializer.serialize(element, out);
                T there = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
                if (there instanceof Decoded<?> decoded && decoded.value() == null) {
                    LETTERS.encode(DeadLetterMapping.record(letter(decoded)));
                    letters++;
                } else {
                    values++;
                }
            } catch (IOException exception) {
                throw new IllegalStateException(exception);
            }
        }

        private static DeadLetterRecord letter(Decoded<?> decoded) {
            return new DeadLetterRecord(decoded.position(), decoded.raw(), decoded.failure(), NOW);
        }

        @Override
        public void close() {}
    }
}
