package io.sluice.jobs.io;

import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.sla.SlaSinks;
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
    private final Map<String, BuiltSink> sinks =
            BuiltSink.all(new SlaSinks(kafka.windows(), kafka.deadLetters()));

    @Test
    void everySinkWritesAtLeastOnce() {
        assertThat(BuiltSink.each(sinks, BuiltSink::guarantee))
                .isEqualTo(Map.of("windows", AT_LEAST_ONCE, "deadLetters", AT_LEAST_ONCE));
    }

    @Test
    void nobodyWaitsForEitherSoTheyLinger() {
        assertThat(BuiltSink.each(sinks, sink -> sink.producer("linger.ms")))
                .isEqualTo(Map.of("windows", "default", "deadLetters", "default"));
    }

    @Test
    void onlyDeadLettersAreLargerThanKafkasDefault() {
        assertThat(BuiltSink.each(sinks, sink -> sink.producer("max.request.size")))
                .isEqualTo(Map.of("windows", "default", "deadLetters", "2097152"));
    }

    @Test
    void clientPropertiesReachBoth() {
        assertThat(BuiltSink.each(sinks, sink -> sink.producer("acks")))
                .isEqualTo(Map.of("windows", "all", "deadLetters", "all"));
    }
}
