package io.sluice.jobs.io;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.SchemaHistory;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.flink.api.common.functions.util.ListCollector;

import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class LogTimeSchemaTest {

    @ParameterizedTest
    @EnumSource(names = {"TICK", "HEARTBEAT"})
    void whatComesRegularlyTellsTheTime(WorkerEventType type) {
        assertThat(read(event(type))).containsExactly(7_000L);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TICK", "HEARTBEAT"})
    void whatElseIsWrittenIsNotEvenDecoded(WorkerEventType type) {
        assertThat(read(event(type))).isEmpty();
    }

    @Test
    void whatCannotBeReadIsPassedOver() {
        assertThat(read(null)).isEmpty();
        assertThat(read(new byte[] {(byte) 0xC3})).isEmpty();
        assertThat(read("not a record of ours".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    /** The byte behind the header is the type only as long as this holds. */
    @Test
    void everyVersionBeginsWithTheTypeAndNumbersItAlike() {
        List<String> symbols = List.of(WorkerEventType.values()).stream().map(Enum::name).toList();
        List<Schema> versions = SchemaHistory.shipped().versions("WorkerEvent");

        assertThat(versions)
                .isNotEmpty()
                .allSatisfy(
                        version -> {
                            Schema.Field first = version.getFields().get(0);
                            assertThat(first.name()).isEqualTo("type");
                            List<String> then = first.schema().getEnumSymbols();
                            assertThat(symbols.subList(0, then.size())).isEqualTo(then);
                            assertThat(then).hasSizeLessThan(64);
                        });
    }

    private static byte[] event(WorkerEventType type) {
        return AvroCodec.of(WorkerEvent.class)
                .encode(
                        WorkerEvent.newBuilder()
                                .setType(type)
                                .setInstanceId("gpu-1")
                                .setIncarnation(1)
                                .setSeq(1)
                                .setEpoch(1)
                                .setAt(Instant.ofEpochMilli(5))
                                .build());
    }

    private static List<Long> read(byte @Nullable [] value) {
        List<Long> times = new ArrayList<>();
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(
                        "inference.worker-events",
                        0,
                        1,
                        7_000,
                        TimestampType.LOG_APPEND_TIME,
                        0,
                        0,
                        null,
                        value,
                        new RecordHeaders(),
                        Optional.empty());
        new LogTimeSchema().deserialize(record, new ListCollector<>(times));
        return times;
    }
}
