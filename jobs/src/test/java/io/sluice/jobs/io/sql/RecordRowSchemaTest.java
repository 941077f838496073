package io.sluice.jobs.io.sql;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.LatencySummary;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloCounts;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

import org.apache.avro.specific.SpecificRecord;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordRowSchemaTest {

    private static final RequestOutcome OUTCOME =
            RequestOutcome.newBuilder()
                    .setRequestId("r-1")
                    .setFairnessId("acme")
                    .setAttempt(2)
                    .setOutcome(Outcome.EvictedTTL)
                    .setSettledAt(Instant.ofEpochMilli(1_700_000_000_123L))
                    .setQueueWaitMs(14_000L)
                    .build();

    @Test
    void columnsAreFoundByNameInAnyOrder() throws IOException {
        RowData row =
                read(
                        RequestOutcome.class,
                        OUTCOME,
                        DataTypes.ROW(
                                FIELD("outcome", DataTypes.STRING()),
                                FIELD("queue_wait_ms", DataTypes.BIGINT()),
                                FIELD("attempt", DataTypes.INT()),
                                FIELD("settled_at", DataTypes.TIMESTAMP_LTZ(3)),
                                FIELD("ttft_ms", DataTypes.DOUBLE()),
                                FIELD("request_id", DataTypes.STRING())));

        assertThat(row.getString(0)).hasToString("EvictedTTL");
        assertThat(row.getLong(1)).isEqualTo(14_000);
        assertThat(row.getInt(2)).isEqualTo(2);
        assertThat(row.getTimestamp(3, 3).toInstant()).isEqualTo("2023-11-14T22:13:20.123Z");
        assertThat(row.isNullAt(4)).isTrue();
        assertThat(row.getString(5)).hasToString("r-1");
    }

    @Test
    void nestedRecordsMapsAndListsKeepTheirShape() throws IOException {
        SlaWindow window = window(Map.of("Completed", 7L), List.of(3, 5), List.of(4L, 3L));
        RowData row =
                read(
                        SlaWindow.class,
                        window,
                        DataTypes.ROW(
                                FIELD(
                                        "ttft",
                                        DataTypes.ROW(
                                                FIELD(
                                                        "bucket_counts",
                                                        DataTypes.ARRAY(DataTypes.BIGINT())),
                                                FIELD("count", DataTypes.BIGINT()))),
                                FIELD(
                                        "outcomes",
                                        DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT()))));

        assertThat(row.getRow(0, 2).getArray(0).toLongArray()).containsExactly(4, 3);
        assertThat(row.getRow(0, 2).getLong(1)).isEqualTo(7);
        assertThat(row.getMap(1).keyArray().getString(0)).hasToString("Completed");
        assertThat(row.getMap(1).valueArray().getLong(0)).isEqualTo(7);
    }

    @Test
    void aColumnThatIsNoFieldIsRefusedWithTheFieldsThatThereAre() {
        assertThatThrownBy(
                        () ->
                                schema(
                                        RequestOutcome.class,
                                        DataTypes.ROW(FIELD("tenant", DataTypes.STRING())),
                                        false))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("RequestOutcome has no field tenant; it has request_id,");
    }

    @Test
    void aColumnOfAnotherTypeIsRefused() {
        assertThatThrownBy(
                        () ->
                                schema(
                                        RequestOutcome.class,
                                        DataTypes.ROW(FIELD("attempt", DataTypes.STRING())),
                                        false))
                .isInstanceOf(ValidationException.class)
                .hasMessage("the column of RequestOutcome.attempt is STRING; it must be a INTEGER");
    }

    @Test
    void whatCannotBeReadFailsOrIsLeftOut() throws IOException {
        DataType columns = DataTypes.ROW(FIELD("topic", DataTypes.STRING()));
        byte[] garbage = {1, 2, 3};

        assertThat(schema(DeadLetter.class, columns, true).deserialize(garbage)).isNull();
        assertThatThrownBy(() -> schema(DeadLetter.class, columns, false).deserialize(garbage))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no DeadLetter: ")
                .hasMessageContaining("sluice-avro.ignore-parse-errors");
        assertThat(schema(DeadLetter.class, columns, false).deserialize(null)).isNull();
    }

    private static SlaWindow window(
            Map<String, Long> outcomes, List<Integer> buckets, List<Long> counts) {
        LatencySummary latency =
                LatencySummary.newBuilder()
                        .setCount(counts.stream().mapToLong(Long::longValue).sum())
                        .setMeanMs(1)
                        .setP50Ms(1)
                        .setP90Ms(1)
                        .setP95Ms(1)
                        .setP99Ms(1)
                        .setMaxMs(1)
                        .setRelativeError(0.01)
                        .setBucketIndexes(buckets)
                        .setBucketCounts(counts)
                        .build();
        return SlaWindow.newBuilder()
                .setWindowStart(Instant.EPOCH)
                .setWindowEnd(Instant.EPOCH)
                .setScope(SlaScope.ALL)
                .setScopeValue("all")
                .setComplete(true)
                .setEmittedAt(Instant.EPOCH)
                .setOutcomes(outcomes)
                .setQueueWait(latency)
                .setTtft(latency)
                .setTpot(latency)
                .setE2e(latency)
                .setSlo(SloCounts.newBuilder().build())
                .build();
    }

    private static <A extends SpecificRecord> RowData read(
            Class<A> type, A record, DataType columns) throws IOException {
        return schema(type, columns, false).deserialize(AvroCodec.of(type).encode(record));
    }

    private static <A extends SpecificRecord> DeserializationSchema<RowData> schema(
            Class<A> type, DataType columns, boolean lenient) {
        return RecordRowSchema.of(
                type,
                (RowType) columns.getLogicalType(),
                TypeInformation.of(RowData.class),
                lenient);
    }
}
