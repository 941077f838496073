package io.sluice.schemas;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordLimitsTest {

    @Test
    void countsBytesAndNotCharacters() {
        assertThat(RecordLimits.fits("a".repeat(512), 512)).isTrue();
        assertThat(RecordLimits.fits("a".repeat(513), 512)).isFalse();
        assertThat(RecordLimits.fits("ä".repeat(256), 512)).isTrue();
        assertThat(RecordLimits.fits("ä".repeat(257), 512)).isFalse();
        assertThat(RecordLimits.fits("漢".repeat(170), 512)).isTrue();
        assertThat(RecordLimits.fits("漢".repeat(171), 512)).isFalse();
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(RecordLimits.cut("short", 5)).isEqualTo("short");
        assertThat(RecordLimits.cut("longer", 5)).isEqualTo("longe");
        assertThat(RecordLimits.cut("ääää", 5)).isEqualTo("ää");
        assertThat(RecordLimits.cut("a😀😀", 8)).isEqualTo("a😀");
    }

    @Test
    void aRequestIsToldByIdsThatCanBeRepeated() {
        String longest = "i".repeat(RecordLimits.ID_BYTES);

        assertThat(RecordLimits.identify("", longest)).isTrue();
        assertThat(RecordLimits.identify(longest, "r")).isTrue();
        assertThat(RecordLimits.identify("t", " ")).isFalse();
        assertThat(RecordLimits.identify("t", longest + "i")).isFalse();
        assertThat(RecordLimits.identify(longest + "i", "r")).isFalse();
    }
}
