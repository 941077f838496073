package io.sluice.demo.chaos;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndsTest {

    private final Ends ends = new Ends();

    @Test
    void aRequestIsOpenUntilItsOutcome() {
        ends.submitted("a");
        ends.submitted("b");
        ends.ended("a");

        assertThat(ends.open()).isEqualTo(1);
        assertThat(ends.ended()).isEqualTo(1);
    }

    @Test
    void anOutcomeMayBeReadBeforeItsRequest() {
        ends.ended("a");
        ends.submitted("a");

        assertThat(ends.open()).isZero();
    }

    @Test
    void aRequestThatIsSentAgainAfterItsEndIsNotOpenAgain() {
        ends.submitted("a");
        ends.ended("a");
        ends.submitted("a");

        assertThat(ends.open()).isZero();
    }

    @Test
    void poisonIsNoRequest() {
        ends.submitted(Poison.KEY + "1");

        assertThat(ends.open()).isZero();
    }
}
