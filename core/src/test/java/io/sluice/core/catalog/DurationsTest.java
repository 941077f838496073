package io.sluice.core.catalog;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Durations as people write them. */
final class DurationsTest {

    @ParameterizedTest
    @CsvSource({"0ms, 0", "250ms, 250", "1.5s, 1500", "2m, 120000", "' 1 h ', 3600000"})
    void durationsAreRead(String text, double millis) {
        assertThat(Durations.parseMillis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1 day", "1.s", "1e3ms", "1sm"})
    void otherFormsAreNoDurations(String text) {
        assertThatThrownBy(() -> Durations.parseMillis(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a duration");
    }
}
