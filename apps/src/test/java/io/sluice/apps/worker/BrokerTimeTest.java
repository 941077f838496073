package io.sluice.apps.worker;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BrokerTimeTest {

    private static final long MILLI = 1_000_000;

    private final BrokerTime time = new BrokerTime();

    private double zero() {
        return time.estimate().zeroMillis();
    }

    @Test
    void knowsNothingBeforeTheFirstAnswer() {
        assertThat(time.estimate()).isNull();
    }

    @Test
    void theAnswerWithTheLeastDoubtCounts() {
        time.answered(0, 100 * MILLI, 5_090);
        time.answered(200 * MILLI, 202 * MILLI, 5_201);
        time.answered(300 * MILLI, 380 * MILLI, 5_301);

        assertThat(zero()).isCloseTo(5_000.5, within(1e-9));
        assertThat(time.estimate().doubtMillis()).isCloseTo(1.5, within(1e-9));
        assertThat(time.estimate().millisAt(1_000 * MILLI)).isCloseTo(6_000.5, within(1e-9));
    }

    @Test
    void aClockThatIsSetIsFollowedWithinAMinute() {
        time.answered(0, MILLI, 5_000);
        long later = BrokerTime.PERIOD_NANOS + MILLI;
        time.answered(later, later + 10 * MILLI, 5_000 + 30_006 + 3_600_000);
        time.answered(2 * later, 2 * later + 10 * MILLI, 5_000 + 60_007 + 3_600_000);

        assertThat(zero()).isGreaterThan(3_600_000);
    }

    /** Wherever on its way the broker looks at its clock, the truth is within the stated doubt. */
    @Property
    void theTruthIsWithinTheDoubt(
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long trueZeroMillis,
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0, max = 500) Long> halves) {
        long now = 0;
        BrokerTime broker = new BrokerTime();
        for (int i = 0; i + 1 < halves.size(); i += 2) {
            long there = halves.get(i) * MILLI / 7;
            long back = halves.get(i + 1) * MILLI / 3;
            long brokerMillis = trueZeroMillis + Math.floorDiv(now + there, MILLI);
            broker.answered(now, now + there + back, brokerMillis);
            now += there + back + MILLI;
        }
        BrokerTime.Estimate estimate = broker.estimate();
        if (estimate != null) {
            assertThat(Math.abs(estimate.zeroMillis() - trueZeroMillis))
                    .isLessThanOrEqualTo(estimate.doubtMillis() + 1e-3);
        }
    }
}
