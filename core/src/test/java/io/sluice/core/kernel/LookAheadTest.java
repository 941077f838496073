package io.sluice.core.kernel;

import io.sluice.core.kernel.InstanceState.Pace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How deep the look-ahead is, from what was measured. */
final class LookAheadTest {

    @Test
    void itIsOneAsLongAsNothingIsMeasured() {
        LookAhead lookAhead = new LookAhead(Pace.UNKNOWN, true);
        assertThat(lookAhead.depth(64)).isEqualTo(1);
        lookAhead.accepted(0, 500);
        lookAhead.completed(600);
        assertThat(lookAhead.depth(64)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 100, 64, 1",
        "1, 100, 64, 2",
        "100, 100, 64, 2",
        "101, 100, 64, 3",
        "1000, 100, 64, 11",
        "1000, 100, 8, 8",
        "1000, 100, 1, 1"
    })
    void itIsOneMoreThanCompletesInARoundTripAndNoMoreThanABatch(
            double roundTrip, double gap, int maxSequences, int depth) {
        assertThat(new LookAhead(new Pace(roundTrip, gap, 1), true).depth(maxSequences))
                .isEqualTo(depth);
    }

    @Test
    void theFirstSampleCountsInFullAndLaterOnesAFifth() {
        LookAhead lookAhead = new LookAhead(Pace.UNKNOWN, true);
        lookAhead.accepted(1_000, 1_100);
        lookAhead.accepted(1_000, 1_200);
        lookAhead.completed(2_000);
        lookAhead.completed(2_010);
        lookAhead.completed(2_030);
        assertThat(lookAhead.pace()).isEqualTo(new Pace(120, 12, 2_030));
        assertThat(lookAhead.depth(64)).isEqualTo(11);
    }

    @Test
    void completionsAtOneMomentGiveNoInfiniteRate() {
        LookAhead lookAhead = new LookAhead(Pace.UNKNOWN, true);
        lookAhead.accepted(1_000, 1_010);
        lookAhead.completed(2_000);
        lookAhead.completed(2_000);
        assertThat(lookAhead.depth(1_000)).isEqualTo(201);
    }

    @Test
    void aClockThatGoesBackDoesNoHarm() {
        LookAhead lookAhead = new LookAhead(Pace.UNKNOWN, true);
        lookAhead.accepted(1_000, 900);
        lookAhead.completed(2_000);
        lookAhead.completed(1_500);
        assertThat(lookAhead.depth(64)).isEqualTo(1);
    }
}
