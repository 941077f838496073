package io.sluice.demo.bench;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionCostTest {

    @Test
    void takesTurnsAndTheMedianOfThePairs() throws Exception {
        List<Double> shares = new ArrayList<>();
        Iterator<Double> rates =
                List.of(7.0, 900.0, 1_000.0, 500.0, 300.0, 960.0, 1_200.0).iterator();

        DecisionCost cost =
                DecisionCost.measure(
                        3,
                        share -> {
                            shares.add(share);
                            return rates.next();
                        });

        assertThat(shares).containsExactly(1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0);
        assertThat(cost.ratio()).isEqualTo(0.8);
        assertThat(cost.text())
                .isEqualTo(
                        "decisions: 900 dispatches/s with records (900, 300, 960), 1,000 without"
                                + " (1,000, 500, 1,200); median ratio 0.80 of 3 pairs");
    }

    @Test
    void theMedianOfAnEvenNumberIsBetween() {
        assertThat(DecisionCost.median(4, 1, 3, 2)).isEqualTo(2.5);
    }
}
