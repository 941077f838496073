package io.sluice.jobs;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class NearestNameTest {

    @ParameterizedTest
    @CsvSource({
        "window, window, 0",
        "window, windw, 1",
        "window, windoww, 1",
        "window, vindow, 1",
        "window, widnow, 1",
        "kitten, sitting, 3",
        "'', abc, 3"
    })
    void distanceCountsTypingErrors(String a, String b, int distance) {
        assertThat(NearestName.distance(a, b)).isEqualTo(distance);
    }

    @Property
    void distanceIsSymmetricAndZeroOnlyForEqualNames(
            @ForAll @AlphaChars @StringLength(max = 8) String a,
            @ForAll @AlphaChars @StringLength(max = 8) String b) {
        int distance = NearestName.distance(a, b);

        assertThat(distance).isEqualTo(NearestName.distance(b, a));
        assertThat(distance == 0).isEqualTo(a.equals(b));
        assertThat(distance)
                .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    }

    @Test
    void nothingIsSuggestedForWhatResemblesNothing() {
        assertThat(NearestName.among(List.of("sluice.sla.window"), "sluice.scheduler.policy"))
                .isEmpty();
    }

    @Test
    void tiesGoToTheFirstName() {
        assertThat(NearestName.among(List.of("abcdeg", "abcdef"), "abcdex")).contains("abcdef");
    }
}
