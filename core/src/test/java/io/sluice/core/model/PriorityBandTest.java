package io.sluice.core.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class PriorityBandTest {

    @ParameterizedTest
    @CsvSource({
        "2147483647, P0",
        "5, P0",
        "4, P0",
        "3, P1",
        "2, P2",
        "1, P3",
        "0, P4",
        "-1, shed",
        "-2147483648, shed"
    })
    void everyPriorityHasItsBand(int priority, String label) {
        assertThat(PriorityBand.of(priority).label()).isEqualTo(label);
    }

    @Test
    void bandsAreListedMostUrgentFirst() {
        assertThat(Arrays.stream(PriorityBand.values()).map(PriorityBand::label))
                .containsExactly("P0", "P1", "P2", "P3", "P4", "shed");
    }
}
