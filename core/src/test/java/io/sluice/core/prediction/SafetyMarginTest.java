package io.sluice.core.prediction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Margins against draws of what they are about. */
final class SafetyMarginTest {

    @Test
    void rightPredictionsNeedNoMargin() {
        assertThat(new SafetyMargin(0.99, 0).longest(1_200, 800_000)).isEqualTo(1_200);
        assertThat(new SafetyMargin(0.99, 0.5).longest(0, 0)).isZero();
    }

    /** The quantile of a single log-normal is known: exp(0.5 * 1.2816) times the median. */
    @Test
    void aSingleRequestIsOffByItsOwnError() {
        assertThat(new SafetyMargin(0.9, 0.5).longest(100, 10_000)).isCloseTo(189.8, within(0.1));
        assertThat(new SafetyMargin(0.5, 0.5).longest(100, 10_000)).isCloseTo(100, within(0.01));
        assertThat(new SafetyMargin(0.1, 0.5).longest(100, 10_000)).isCloseTo(52.7, within(0.1));
    }

    @Test
    void errorsOfManyEvenOut() {
        SafetyMargin margin = new SafetyMargin(0.95, 0.5);
        double one = margin.longest(100, 10_000) / 100;
        double many = margin.longest(10_000, 1_000_000) / 10_000;
        assertThat(one).isGreaterThan(2.2);
        assertThat(many).isBetween(1.13, 1.35);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.3, 1", "0.9, 0.3, 5", "0.9, 0.6, 5", "0.99, 0.5, 12", "0.8, 0.9, 30"})
    void asManySumsAreLongerAsTheQuantileSays(double quantile, double sigma, int requests) {
        Random random = new Random(7);
        double[] predicted = random.doubles(requests, 50, 500).toArray();
        double longest =
                new SafetyMargin(quantile, sigma)
                        .longest(
                                Arrays.stream(predicted).sum(),
                                Arrays.stream(predicted).map(millis -> millis * millis).sum());
        int draws = 40_000;
        int longer = 0;
        for (int draw = 0; draw < draws; draw++) {
            double sum = 0;
            for (double millis : predicted) {
                sum += millis * Math.exp(sigma * random.nextGaussian());
            }
            longer += sum > longest ? 1 : 0;
        }
        assertThat((double) longer / draws).isCloseTo(1 - quantile, within(0.015));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new SafetyMargin(1, 0.3)).hasMessageContaining("quantile must be");
        assertThatThrownBy(() -> new SafetyMargin(0.9, -1)).hasMessageContaining("sigma must be");
    }
}
