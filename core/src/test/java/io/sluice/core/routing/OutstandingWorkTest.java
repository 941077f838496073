package io.sluice.core.routing;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What is counted against instances adds up, whatever the order. */
final class OutstandingWorkTest {

    private static final String GPU = "gpu-1";

    /** Else a tie would be broken by what came and went before. */
    @Property
    void theSumDependsOnWhatIsOutAndNotOnTheOrder(
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1e6) Double> stays,
            @ForAll @Size(max = 40) List<@DoubleRange(min = 0, max = 1e6) Double> goes,
            @ForAll Random order) {
        OutstandingWork plain = new OutstandingWork();
        stays.forEach(work -> plain.add(GPU, work));

        OutstandingWork shuffled = new OutstandingWork();
        List<Double> all = new ArrayList<>(stays);
        all.addAll(goes);
        Collections.shuffle(all, order);
        all.forEach(work -> shuffled.add(GPU, work));
        goes.forEach(work -> shuffled.remove(GPU, work));

        assertThat(shuffled.millisOn(GPU)).isEqualTo(plain.millisOn(GPU));
    }

    @Test
    void whereAllHasEndedNothingIsLeft() {
        OutstandingWork work = new OutstandingWork();
        work.add(GPU, 0.1);
        work.add(GPU, 0.2);
        work.remove(GPU, 0.1);
        work.remove(GPU, 0.2);
        assertThat(work.millisOn(GPU)).isZero();
        work.remove("unknown", 5);
        assertThat(work.millisOn("unknown")).isZero();
    }

    @Test
    void absurdPredictionsDoNotWrapAround() {
        OutstandingWork work = new OutstandingWork();
        for (int i = 0; i < 1_000; i++) {
            work.add(GPU, Double.MAX_VALUE);
            work.add(GPU, Double.POSITIVE_INFINITY);
        }
        assertThat(work.millisOn(GPU)).isPositive();
        for (int i = 0; i < 1_000; i++) {
            work.remove(GPU, Double.POSITIVE_INFINITY);
            work.remove(GPU, Double.MAX_VALUE);
        }
        assertThat(work.millisOn(GPU)).isZero();
    }
}
