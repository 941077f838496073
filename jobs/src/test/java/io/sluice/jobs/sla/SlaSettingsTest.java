package io.sluice.jobs.sla;

import io.sluice.jobs.JobOptions;
import io.sluice.jobs.SettingsException;
import io.sluice.jobs.SettingsReader;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SlaSettingsTest {

    @Test
    void defaultsFitEachOther() {
        SlaSettings settings = read();

        assertThat(settings.windowing())
                .isEqualTo(
                        new SlaWindowing(
                                10_000,
                                60_000,
                                1_000,
                                3_600_000,
                                List.of(60_000L, 300_000L, 3_600_000L)));
        assertThat(settings.sourceIdleness()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.kafka().topicPrefix().value()).isEqualTo("inference.");
        assertThat(settings.checkpoints().unalignedFallback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sluice.sla.allowed-lateness, 5 s, 5000 ms must be at least 6000 ms",
        "sluice.sla.roll-ups, 1 min;90 s, PT1M30S must be a multiple of the 60000 ms of the windows below it",
        "sluice.sla.roll-ups, 10 s, must be a multiple of the 10000 ms",
        "sluice.sla.roll-ups, 5 s, must be a multiple of the 10000 ms",
        "sluice.sla.roll-ups, 60 s;40000 d, must be a multiple of the 60000 ms",
        "sluice.sla.source-idleness, 5999 ms, 5999 ms must be at least 6000 ms",
        "sluice.sla.window, 0 s, must be at least 1 ms",
        "sluice.sla.early-firing, 0 ms, must be at least 1 ms",
        "sluice.sla.dedup-window, 0 ms, must be at least 1 ms",
        "sluice.sla.checkpoint-interval, 9 ms, must be at least 10 ms",
        "sluice.scheduler.checkpoint-interval, 0 ms, must be at least 1 ms",
        "sluice.sla.allowed-lateness, 36526 d, 3155846400000 ms must be at most 3155760000000 ms",
        "sluice.sla.source-idleness, 36526 d, must be at most 3155760000000 ms",
        "sluice.sla.window, 36526 d, must be at most 3155760000000 ms",
        "sluice.sla.early-firing, 36526 d, must be at most 3155760000000 ms",
        "sluice.sla.dedup-window, 1000000000000 d, 86400000000000000 s must be at most",
        "sluice.sla.checkpoint-interval, 36526 d, must be at most 3155760000000 ms",
        "sluice.sla.window, 99999999999999999999 d, cannot be read",
        "sluice.kafka.topic-prefix, in/ference, sluice.kafka.topic-prefix"
    })
    void whatDoesNotFitIsRefused(String key, String value, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read("--" + key, value))
                .withMessageContaining(key)
                .withMessageContaining(message);
    }

    @Test
    void windowsMayBeShortAndFewForADemo() {
        assertThat(
                        read("--sluice.sla.window", "1 s", "--sluice.sla.roll-ups", "2 s;10 s")
                                .windowing())
                .extracting(SlaWindowing::lengthMillis, SlaWindowing::rollUpMillis)
                .containsExactly(1_000L, List.of(2_000L, 10_000L));
        assertThat(read("--sluice.sla.roll-ups", "").windowing().rollUpMillis()).isEmpty();
    }

    private static SlaSettings read(String... args) {
        String[] all =
                Stream.concat(
                                Stream.of("--sluice.kafka.bootstrap-servers", "localhost:9092"),
                                Stream.of(args))
                        .toArray(String[]::new);
        return SlaSettings.from(SettingsReader.of(new Configuration(), all, JobOptions.all()));
    }
}
