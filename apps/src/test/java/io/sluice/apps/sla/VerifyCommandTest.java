package io.sluice.apps.sla;

import io.sluice.apps.cli.Console;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VerifyCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "now, 2026-11-23T06:00:00Z",
        "-1h, 2026-11-23T05:00:00Z",
        "-90s, 2026-11-23T05:58:30Z",
        "2026-11-22T00:00:00Z, 2026-11-22T00:00:00Z"
    })
    void timesAreMomentsOrBeforeNow(String text, String moment) {
        assertThat(new PointInTime.Converter().convert(text).at(NOW)).isEqualTo(moment);
    }

    @Test
    void aLengthOfTimeWithoutASignIsNoTime() {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new PointInTime.Converter().convert("1h"))
                .withMessageContaining("'1h' is neither now");
        assertThat(new PointInTime(null, Duration.ofHours(2)).at(NOW))
                .isEqualTo("2026-11-23T04:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "--from=yesterday, 'yesterday' is neither now",
        "--from=-1x, '-1x' is neither now",
        "--from=now, must be before --to",
        "--dedup-window=soon, 'soon' is not a duration"
    })
    void aWrongCallIsOneLineAndExitsWithTwo(String argument, String message) {
        Console console = Console.run("sla", "verify", argument);

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err()).singleElement().asString().contains(message);
    }
}
