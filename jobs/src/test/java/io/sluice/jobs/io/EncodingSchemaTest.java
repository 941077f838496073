package io.sluice.jobs.io;

import io.sluice.core.latency.BucketScale;
import io.sluice.core.latency.LatencyBuckets;
import io.sluice.core.latency.LatencyHistogram;
import io.sluice.core.latency.LatencyMeasures;
import io.sluice.core.latency.LatencyStats;
import io.sluice.core.latency.SlaAggregate;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;
import io.sluice.jobs.sla.SlaStateMapping;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.LatencySummary;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;

import org.apache.flink.util.InstantiationUtil;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class EncodingSchemaTest {

    @Test
    void aWindowIsWrittenUnderItsKeyWithEverythingItHolds() throws Exception {
        SlaAggregate aggregate = new SlaAggregate();
        LatencyHistogram ttft = new LatencyHistogram();
        for (int i = 1; i <= 100; i++) {
            ttft.addMillis(10.0 * i);
            aggregate.add(
                    new SlaSample(
                            Outcome.COMPLETED,
                            new LatencyMeasures(5, 10.0 * i, 20, 1_000),
                            new SloTarget(900, Double.NaN, 2_000),
                            new SlaSample.Tokens(7, 11)));
        }
        aggregate.add(
                new SlaSample(
                        Outcome.REJECTED_CAPACITY,
                        new LatencyMeasures(-1, Double.NaN, Double.NaN, Double.NaN),
                        SloTarget.NONE,
                        new SlaSample.Tokens(0, 0)));
        SlaWindowUpdate update =
                new SlaWindowUpdate(
                        10_000,
                        20_000,
                        "TENANT",
                        "a/b",
                        true,
                        21_000,
                        SlaStateMapping.state(aggregate.summary(), 4, 3));

        ProducerRecord<byte[], byte[]> written = write(SlaKafka.windowSchema("sla"), update);
        SlaWindow window = AvroCodec.of(SlaWindow.class).decode(written.value());

        assertThat(written.topic()).isEqualTo("sla");
        assertThat(written.timestamp()).isNull();
        assertThat(key(written)).isEqualTo("10000+10000/TENANT/a/b");
        assertThat(window.getWindowStart()).isEqualTo(Instant.ofEpochMilli(10_000));
        assertThat(window.getWindowEnd()).isEqualTo(Instant.ofEpochMilli(20_000));
        assertThat(window.getScope()).isEqualTo(SlaScope.TENANT);
        assertThat(window.getScopeValue()).isEqualTo("a/b");
        assertThat(window.getComplete()).isTrue();
        assertThat(window.getEmittedAt()).isEqualTo(Instant.ofEpochMilli(21_000));
        assertThat(window.getOutcomes())
                .isEqualTo(Map.of("Completed", 100L, "RejectedCapacity", 1L));
        assertThat(window.getInvalidLatencies()).isEqualTo(1);
        assertThat(window.getLateEvents()).isEqualTo(4);
        assertThat(window.getFolded()).isEqualTo(3);
        assertThat(window.getTtftFromDispatch().getCount()).isEqualTo(100);
        assertThat(window.getInputTokens()).isEqualTo(700);
        assertThat(window.getOutputTokens()).isEqualTo(1_100);
        assertThat(window.getGoodputRequests()).isEqualTo(90);
        assertThat(window.getGoodputTokens()).isEqualTo(990);
        assertThat(window.getSlo().getTtftWithTarget()).isEqualTo(100);
        assertThat(window.getSlo().getTtftMet()).isEqualTo(90);
        assertThat(window.getSlo().getTpotWithTarget()).isZero();
        assertThat(window.getSlo().getE2eMet()).isEqualTo(100);
        assertThat(window.getSlo().getJointMet()).isEqualTo(90);
        assertSame(window.getTtft(), ttft);
        assertThat(window.getTpot().getCount()).isEqualTo(100);
        assertThat(window.getE2e().getMeanMs()).isEqualTo(1_000);
        assertThat(window.getQueueWait().getMaxMs()).isEqualTo(5);
    }

    @Test
    void aWindowWithoutLatenciesHasEmptyDistributions() throws Exception {
        SlaWindowUpdate update =
                new SlaWindowUpdate(
                        0,
                        10_000,
                        "ALL",
                        "all",
                        false,
                        1,
                        SlaStateMapping.state(new SlaAggregate().summary(), 1, 0));

        ProducerRecord<byte[], byte[]> written = write(SlaKafka.windowSchema("sla"), update);
        SlaWindow window = AvroCodec.of(SlaWindow.class).decode(written.value());

        assertThat(key(written)).isEqualTo("0+10000/ALL/all");
        assertThat(window.getTtft().getCount()).isZero();
        assertThat(window.getTtft().getP99Ms()).isZero();
        assertThat(window.getTtft().getBucketIndexes()).isEmpty();
    }

    @Test
    void aDeadLetterIsWrittenUnderItsOrigin() throws Exception {
        DeadLetterRecord letter =
                new DeadLetterRecord(
                        new LogPosition("inference.outcomes", 3, 42, 2_000),
                        new RawMessage(
                                null, new byte[] {1, 2}, Map.of("traceparent", new byte[] {3})),
                        new Failure("decode", "DecodeException", "too short", 99L),
                        2_500);

        ProducerRecord<byte[], byte[]> written = write(KafkaEdges.deadLetterSchema("dl"), letter);
        DeadLetter read = AvroCodec.of(DeadLetter.class).decode(written.value());

        assertThat(key(written)).isEqualTo("inference.outcomes-3-42");
        assertThat(read.getTopic()).isEqualTo("inference.outcomes");
        assertThat(read.getPartition()).isEqualTo(3);
        assertThat(read.getOffset()).isEqualTo(42);
        assertThat(read.getTimestamp()).isEqualTo(Instant.ofEpochMilli(2_000));
        assertThat(read.getKey()).isNull();
        assertThat(read.getValue()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(read.getHeaders())
                .isEqualTo(Map.of("traceparent", ByteBuffer.wrap(new byte[] {3})));
        assertThat(read.getStage()).isEqualTo("decode");
        assertThat(read.getErrorClass()).isEqualTo("DecodeException");
        assertThat(read.getMessage()).isEqualTo("too short");
        assertThat(read.getSchemaFingerprint()).isEqualTo(99);
        assertThat(read.getAt()).isEqualTo(Instant.ofEpochMilli(2_500));
    }

    private static void assertSame(LatencySummary written, LatencyHistogram expected) {
        LatencyStats stats = expected.stats().orElseThrow();
        assertThat(written.getCount()).isEqualTo(stats.count());
        assertThat(written.getMeanMs()).isEqualTo(stats.mean());
        assertThat(written.getP50Ms()).isEqualTo(stats.p50());
        assertThat(written.getP90Ms()).isEqualTo(stats.p90());
        assertThat(written.getP95Ms()).isEqualTo(stats.p95());
        assertThat(written.getP99Ms()).isEqualTo(stats.p99());
        assertThat(written.getMaxMs()).isEqualTo(stats.max());
        assertThat(written.getMinMs()).isEqualTo(stats.min());
        assertThat(written.getBucketLayout()).isEqualTo(BucketScale.NAME);
        assertThat(written.getRelativeError()).isEqualTo(BucketScale.RELATIVE_ERROR);
        assertThat(read(written)).as("what a reader merges").isEqualTo(expected);
    }

    /** A distribution as a reader of the topic rebuilds it. */
    private static LatencyHistogram read(LatencySummary written) {
        return LatencyHistogram.fromBuckets(
                LatencyBuckets.of(
                        written.getBucketIndexes().stream().mapToInt(i -> i).toArray(),
                        written.getBucketCounts().stream().mapToLong(n -> n).toArray(),
                        new LatencyBuckets.Extent(
                                written.getSumNs(),
                                Math.round(written.getMinMs() * 1e6),
                                Math.round(written.getMaxMs() * 1e6))));
    }

    private static <T, A extends SpecificRecord> ProducerRecord<byte[], byte[]> write(
            EncodingSchema<T, A> schema, T element) throws Exception {
        // As in a task: the schema arrives serialized.
        return InstantiationUtil.clone(schema).serialize(element, null, 123L);
    }

    private static String key(ProducerRecord<byte[], byte[]> written) {
        return new String(written.key(), StandardCharsets.UTF_8);
    }
}
