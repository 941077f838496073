package io.sluice.demo.report;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class DistributionTest {

    @Test
    void percentilesAreRanksOfTheValuesThemselves() {
        double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();

        Distribution values = Distribution.of(hundred);

        assertThat(values).isEqualTo(new Distribution(100, 50.5, 50, 90, 95, 99, 100));
        assertThat(hundred[0]).isEqualTo(100);
    }

    @Test
    void oneValueIsEveryPercentile() {
        assertThat(Distribution.of(new double[] {4}))
                .isEqualTo(new Distribution(1, 4, 4, 4, 4, 4, 4));
    }

    @Test
    void noValuesHaveNoPercentile() {
        assertThat(Distribution.of(new double[0])).isSameAs(Distribution.EMPTY);
    }
}
