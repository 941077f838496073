package io.sluice.jobs.io;

import io.sluice.jobs.state.WorkerFact;
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

    private static final AvroCodec<WorkerEvent> CODEC = AvroCodec.of(WorkerEvent.class);

    @ParameterizedTest
    @EnumSource(names = {"TICK", "HEARTBEAT"})
    void whatComesRegularlyTellsTheTime(WorkerEventType type) {
        assertThat(read(event(type).build()))
                .extracting(WorkerFact::timeMillis)
                .containsExactly(7_000L);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TICK", "HEARTBEAT", "ACCEPTED"})
    void whatElseIsWrittenIsNotEvenDecoded(WorkerEventType type) {
        assertThat(read(event(type).build())).isEmpty();
    }

    @Test
    void aHeartbeatIsASignOfLifeOfItsIncarnation() {
        WorkerFact fact = read(event(WorkerEventType.HEARTBEAT).setDraining(true).build()).get(0);

        assertThat(fact.instance()).isEqualTo("gpu-1");
        assertThat(fact.facts().heartbeatMillis()).isEqualTo(7_000);
        assertThat(fact.facts().incarnation()).isEqualTo(1);
        assertThat(fact.facts().draining()).isTrue();
    }

    @Test
    void theLagOfACommandDoesNotDependOnTheClockOfTheWorker() {
        for (long skew : new long[] {0, 3_600_000, -3_600_000}) {
            // Decided at 4,000 and accepted at 6,500; the broker has it at 7,000.
            WorkerFact fact =
                    read(event(WorkerEventType.ACCEPTED)
                                    .setAt(Instant.ofEpochMilli(6_500 + skew))
                                    .setDispatchOverheadMs(2_500.0 + skew)
                                    .setDecidedAt(Instant.ofEpochMilli(4_000))
                                    .setQueueWaitMs(800L)
                                    .build())
                            .get(0);

            assertThat(fact.impossible()).isFalse();
            assertThat(fact.facts().lags()).isEqualTo(1);
            assertThat(fact.facts().lagMillis()).isEqualTo(3_000);
            assertThat(fact.facts().waits()).isEqualTo(1);
            assertThat(fact.facts().waitMillis()).isEqualTo(800);
        }
    }

    @Test
    void durationsThatCannotBeAreLeftOutAndSaidSo() {
        WorkerFact fact =
                read(event(WorkerEventType.ACCEPTED)
                                .setDecidedAt(Instant.ofEpochMilli(9_000))
                                .setQueueWaitMs(-800L)
                                .build())
                        .get(0);

        assertThat(fact.impossible()).isTrue();
        assertThat(fact.facts().lags()).isZero();
        assertThat(fact.facts().waits()).isZero();
        WorkerFact close =
                read(event(WorkerEventType.ACCEPTED)
                                .setDecidedAt(Instant.ofEpochMilli(7_003))
                                .build())
                        .get(0);
        assertThat(close.impossible()).as("clocks differ by a little").isFalse();
        assertThat(close.facts().lags()).isEqualTo(1);
        assertThat(close.facts().lagMillis()).isZero();
        WorkerFact silent = read(event(WorkerEventType.ACCEPTED).build()).get(0);
        assertThat(silent.impossible()).as("what is not said is not wrong").isFalse();
        assertThat(silent.facts().lags()).isZero();
    }

    @Test
    void whatCannotBeReadIsPassedOver() {
        assertThat(read((byte[]) null)).isEmpty();
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

    private static WorkerEvent.Builder event(WorkerEventType type) {
        return WorkerEvent.newBuilder()
                .setType(type)
                .setInstanceId("gpu-1")
                .setIncarnation(1)
                .setSeq(1)
                .setEpoch(1)
                .setAt(Instant.ofEpochMilli(5));
    }

    private static List<WorkerFact> read(WorkerEvent event) {
        return read(CODEC.encode(event));
    }

    private static List<WorkerFact> read(byte @Nullable [] value) {
        List<WorkerFact> times = new ArrayList<>();
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
