package io.sluice.jobs.sla;

import io.sluice.core.slo.CauseDetector;
import io.sluice.core.slo.CauseFacts;
import io.sluice.core.slo.CauseMemory;
import io.sluice.core.slo.SlotScale;
import io.sluice.jobs.state.SlotFacts;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FactTallyTest {

    private static final CauseFacts ONE =
            new CauseFacts(
                    CauseFacts.Life.NONE,
                    new CauseFacts.Sum(1, 5),
                    CauseFacts.Sum.NONE,
                    CauseFacts.Ends.NONE);

    private final FactTally tally = new FactTally(new SlotScale(10));

    @Test
    void aSlotIsHandedOnOnceWhenALaterOneBegins() {
        tally.add(1, "a", ONE);
        tally.add(9, "a", ONE);
        tally.add(9, "b", ONE);
        assertThat(tally.takeUpTo(9)).isEmpty();

        List<SlotFacts> taken = tally.takeUpTo(10);
        assertThat(taken).extracting(SlotFacts::instance).containsExactly("a", "b");
        assertThat(taken.get(0).facts().waits()).isEqualTo(2);
        assertThat(taken.get(0).facts().waitMillis()).isEqualTo(10);
        assertThat(tally.takeUpTo(30)).isEmpty();
    }

    @Test
    void aSnapshotHoldsWhatWasNotHandedOn() {
        tally.add(1, "a", ONE);
        tally.add(11, CauseMemory.FLEET, ONE);
        FactTally restored = new FactTally(new SlotScale(10));
        tally.all().forEach(restored::restore);

        assertThat(restored.takeUpTo(20)).isEqualTo(tally.takeUpTo(20)).hasSize(2);
    }

    @Test
    void moreInstancesThanAreWatchedAreTurnedAway() {
        for (int i = 0; i < CauseDetector.MOST_INSTANCES; i++) {
            tally.add(1, "worker-" + i, ONE);
        }
        assertThat(tally.add(1, CauseMemory.FLEET, ONE)).isTrue();

        assertThat(tally.add(1, "one-more", ONE)).isFalse();
        assertThat(tally.add(1, "worker-7", ONE)).isTrue();
        assertThat(tally.takeUpTo(10)).hasSize(CauseDetector.MOST_INSTANCES + 1);
    }
}
