package io.sluice.core.policy.admission;

import io.sluice.core.model.PriorityBand;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BandNumbersTest {

    @Test
    void oneNumberIsThatOfEveryBand() {
        assertThat(PriorityBand.values())
                .extracting(BandNumbers.parse(" 1000 ")::of)
                .containsOnly(1_000L);
    }

    @Test
    void namedBandsHaveTheirOwn() {
        assertThat(PriorityBand.values())
                .extracting(BandNumbers.parse("P0=5000, shed = 100, *=1000")::of)
                .containsExactly(5_000L, 1_000L, 1_000L, 1_000L, 1_000L, 100L);
    }

    @Test
    void withAllBandsNamedThereAreNoOthers() {
        assertThat(PriorityBand.values())
                .extracting(BandNumbers.parse("P0=1,P1=2,P2=3,P3=4,P4=5,shed=6")::of)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "0 | '0' is not a whole number of at least 1",
                "many | 'many' is not a whole number of at least 1",
                "*=1,P0=-5 | '-5' is not a whole number of at least 1",
                "P0=1 | there is no number for P1, P2, P3, P4, shed; add *=NUMBER for all others",
                "P5=1,*=1 | unknown band 'P5'; the bands are P0, P1, P2, P3, P4, shed, and * for all others",
                "P0=1,P0=2,*=1 | band 'P0' has two numbers",
                "*=1,*=2 | band '*' has two numbers",
                "*=1, | '' is not BAND=NUMBER, such as shed=100"
            })
    void anythingElseIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BandNumbers.parse(text))
                .withMessage(message.strip());
    }
}
