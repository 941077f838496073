package io.sluice.jobs.io;

import io.sluice.schemas.avro.WorkerEventType;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the log of the workers as time alone: when the broker appended a tick or a heartbeat. They
 * come every second; the many records between them say no more about time, and are not even
 * decoded. For the type of an event is the first field of every version of its record, so one byte
 * behind the header tells it.
 *
 * <p>What cannot be read is passed over: the scheduler job reads the same topic and reports it.
 */
final class LogTimeSchema implements KafkaRecordDeserializationSchema<Long> {
    private static final long serialVersionUID = 1L;

    /** The marker and the fingerprint of the writer's schema. */
    static final int HEADER_BYTES = 10;

    private static final byte MARKER_0 = (byte) 0xC3;
    private static final byte MARKER_1 = (byte) 0x01;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Long> out) {
        byte[] value = record.value();
        if (value == null || value.length <= HEADER_BYTES) {
            return;
        }
        boolean ours = value[0] == MARKER_0 && value[1] == MARKER_1;
        if (ours && tellsTime(value[HEADER_BYTES])) {
            out.collect(record.timestamp());
        }
    }

    /** Avro writes the index of a symbol as a zigzag number: one below 64 is one byte, doubled. */
    private static boolean tellsTime(byte first) {
        return first == 2 * WorkerEventType.TICK.ordinal()
                || first == 2 * WorkerEventType.HEARTBEAT.ordinal();
    }

    @Override
    public TypeInformation<Long> getProducedType() {
        return Types.LONG;
    }
}
