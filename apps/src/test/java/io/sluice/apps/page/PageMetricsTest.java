package io.sluice.apps.page;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.live.LiveModel;
import io.sluice.apps.page.live.Records;
import io.sluice.apps.page.live.Selection;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.WorkerEvent;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

/** What Prometheus reads of the page. */
class PageMetricsTest {

    private static final long NOW = 1_000_000_000;

    private final LiveModel model = new LiveModel();
    private final PageMetrics metrics = new PageMetrics();
    private final Frames frames =
            new Frames(
                    model,
                    () -> new FeedStatus(FeedStatus.State.LIVE, 0, ""),
                    "",
                    Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC),
                    metrics);

    @Test
    void showsEachInstance() {
        long heard = NOW - 2_500;
        model.event(
                Records.heartbeat("gpu-\"1\"\n", 1, 3, 2, heard).setDraining(true).build(), heard);
        model.decision(Records.decision(DecisionKind.ROUTE, "r", "gpu-2").build());
        assertThat(frames.measured(4).lines())
                .contains(
                        "sluice_instance_running_sequences{instance_id=\"gpu-\\\"1\\\"\\n\"} 3",
                        "sluice_instance_engine_waiting_requests{instance_id=\"gpu-\\\"1\\\"\\n\"} 2",
                        "sluice_instance_kv_cache_usage_ratio{instance_id=\"gpu-\\\"1\\\"\\n\"} 0.25",
                        "sluice_instance_heartbeat_age_seconds{instance_id=\"gpu-\\\"1\\\"\\n\"} 2.5",
                        "sluice_instance_draining{instance_id=\"gpu-\\\"1\\\"\\n\"} 1",
                        "sluice_instance_lane_waiting_requests{instance_id=\"gpu-2\"} 1",
                        "sluice_page_open_streams 4");
    }

    @Test
    void aForgottenInstanceIsGone() {
        long heard = NOW - 16 * 60_000;
        model.event(Records.heartbeat("gpu-1", 1, 3, 2, heard).build(), heard);
        assertThat(frames.measured(0)).doesNotContain("gpu-1");
    }

    @Test
    void thousandsOfInstancesAreAFewSeries() {
        for (int i = 0; i < 5_000; i++) {
            model.event(Records.heartbeat("gpu-" + i, 1, 1, 0, NOW).build(), NOW);
            model.decision(Records.decision(DecisionKind.ROUTE, "r" + i, "gpu-" + i).build());
        }
        assertThat(frames.measured(0).lines().filter(line -> line.contains("instance_id=")))
                .hasSizeBetween(1_000, 1_201);
    }

    @Test
    void countsWhatIsRead() {
        RecordIntake intake =
                new RecordIntake(
                        KafkaAccess.plain("localhost:1", TopicPrefix.DEFAULT), model, metrics);
        byte[] event =
                AvroCodec.of(WorkerEvent.class)
                        .encode(Records.heartbeat("gpu-1", 1, 1, 0, NOW).build());
        intake.take(record(event));
        intake.take(record(new byte[] {1, 2, 3}));
        assertThat(frames.measured(0))
                .contains("sluice_page_records_total{topic=\"inference.worker-events\"} 2\n")
                .contains(
                        "sluice_page_unreadable_records_total{topic=\"inference.worker-events\"} 1\n");
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>("inference.worker-events", 0, 0, new byte[0], value);
    }

    @Test
    void measuresFromAnEventToTheStateThatShowsItOnce() {
        model.event(Records.heartbeat("gpu-1", 1, 1, 0, NOW).build(), NOW - 40);
        frames.current(Selection.ALL);
        frames.current(Selection.ALL);
        assertThat(frames.measured(0))
                .contains("sluice_page_event_to_state_seconds_bucket{le=\"0.025\"} 0\n")
                .contains("sluice_page_event_to_state_seconds_bucket{le=\"0.05\"} 1\n")
                .contains("sluice_page_event_to_state_seconds_count 1\n");
    }
}
