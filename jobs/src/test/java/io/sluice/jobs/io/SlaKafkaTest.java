package io.sluice.jobs.io;

import io.sluice.jobs.KafkaSettings;
import io.sluice.schemas.TopicPrefix;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.apache.flink.connector.base.DeliveryGuarantee.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

class SlaKafkaTest {

    private final SlaKafka kafka =
            new SlaKafka(
                    new KafkaSettings(
                            "localhost:9092",
                            new TopicPrefix("inference."),
                            Map.of("acks", "all")));
    private final Map<String, BuiltSink> sinks = BuiltSink.all(kafka.sinks());

    @Test
    void everySinkWritesAtLeastOnce() {
        assertThat(BuiltSink.each(sinks, BuiltSink::guarantee))
                .isEqualTo(all(AT_LEAST_ONCE, AT_LEAST_ONCE));
    }

    @Test
    void nobodyWaitsForAnySoTheyLinger() {
        assertThat(BuiltSink.each(sinks, sink -> sink.producer("linger.ms")))
                .isEqualTo(all("default", "default"));
    }

    @Test
    void onlyDeadLettersAreLargerThanKafkasDefault() {
        assertThat(BuiltSink.each(sinks, sink -> sink.producer("max.request.size")))
                .isEqualTo(all("default", "2097152"));
    }

    @Test
    void clientPropertiesReachAll() {
        assertThat(BuiltSink.each(sinks, sink -> sink.producer("acks")))
                .isEqualTo(all("all", "all"));
    }

    private static <T> Map<String, T> all(T upserts, T deadLetters) {
        return Map.of(
                "windows", upserts,
                "statuses", upserts,
                "alerts", upserts,
                "deadLetters", deadLetters);
    }
}
