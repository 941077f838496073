package io.sluice.sim.result;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LoadCurveTest {

    private static final long MILLI = 1_000_000;

    private final LoadCurve curve = new LoadCurve();

    @Test
    void countsWhoIsThere() {
        curve.add(0, 3 * MILLI);
        curve.add(MILLI / 2, 2 * MILLI);
        assertThat(curve.binSeconds()).isEqualTo(0.001);
        assertThat(curve.means()).containsExactly(new double[] {1.5, 2, 1, 0}, within(1e-12));
    }

    @Test
    void piecesGrowWithTheRun() {
        curve.add(0, 512 * MILLI);
        curve.add(MILLI, 2 * MILLI);
        assertThat(curve.binSeconds()).isEqualTo(0.002);
        assertThat(curve.means()).hasSize(257);
        assertThat(curve.means()[0]).isCloseTo(1.5, within(1e-12));
        assertThat(curve.means()[255]).isCloseTo(1, within(1e-12));
    }

    @Property
    void nothingIsLost(
            @ForAll @Size(min = 1, max = 40)
                    List<@LongRange(min = 0, max = 9_000_000_000L) Long> times) {
        LoadCurve load = new LoadCurve();
        long sum = 0;
        for (int i = 0; i < times.size(); i++) {
            long other = times.get((i + 1) % times.size());
            long from = Math.min(times.get(i), other);
            long to = Math.max(times.get(i), other);
            load.add(from, to);
            sum += to - from;
        }
        double area = Arrays.stream(load.means()).sum() * load.binSeconds();
        assertThat(area).isCloseTo(sum / 1e9, within(1e-9 + sum * 1e-18));
    }

    @Test
    void nobodyGoesBeforeComing() {
        assertThatThrownBy(() -> curve.add(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
