package io.sluice.jobs.io;

import io.sluice.jobs.state.WorkerFact;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.io.IOException;

/**
 * Reads the log of the workers as time, and as what may be a cause. Ticks tell the time alone;
 * heartbeats that an instance lives; acceptances how long requests waited and their commands were
 * under way. The many records between them are not even decoded: the type of an event is the first
 * field of every version of its record, so one byte behind the header tells it.
 *
 * <p>What cannot be read is passed over: the scheduler job reads the same topic and reports it.
 */
final class LogTimeSchema implements KafkaRecordDeserializationSchema<WorkerFact> {
    private static final long serialVersionUID = 1L;

    /** The marker and the fingerprint of the writer's schema. */
    static final int HEADER_BYTES = 10;

    private static final byte MARKER_0 = (byte) 0xC3;
    private static final byte MARKER_1 = (byte) 0x01;

    private final WireForm<WorkerEvent> wire = WireForm.of(WorkerEvent.class);

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<WorkerFact> out) {
        byte[] value = record.value();
        if (value == null || value.length <= HEADER_BYTES) {
            return;
        }
        if (value[0] != MARKER_0 || value[1] != MARKER_1) {
            return;
        }
        byte first = value[HEADER_BYTES];
        if (is(WorkerEventType.TICK, first)) {
            out.collect(WorkerFact.time(record.timestamp()));
        } else if (is(WorkerEventType.HEARTBEAT, first) || is(WorkerEventType.ACCEPTED, first)) {
            out.collect(fact(value, record.timestamp()));
        }
    }

    /** Avro writes the index of a symbol as a zigzag number: one below 64 is one byte, doubled. */
    private static boolean is(WorkerEventType type, byte first) {
        return first == 2 * type.ordinal();
    }

    private WorkerFact fact(byte[] value, long appendedMillis) {
        try {
            return WorkerFacts.of(wire.read(value), appendedMillis);
        } catch (IOException | IllegalArgumentException unreadable) {
            return WorkerFact.time(appendedMillis);
        }
    }

    @Override
    public TypeInformation<WorkerFact> getProducedType() {
        return TypeInformation.of(WorkerFact.class);
    }
}
