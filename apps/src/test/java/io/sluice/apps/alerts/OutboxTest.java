package io.sluice.apps.alerts;

import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertState;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTest {

    private final Outbox outbox = new Outbox(Duration.ZERO);

    /** Tells all that is due and says what that was. */
    private static List<String> tell(Outbox outbox, long now) {
        List<String> told = new ArrayList<>();
        for (Alert due = outbox.due(now); due != null; due = outbox.due(now)) {
            told.add(due.getScopeValue() + due.getSeq());
            outbox.done(due, now);
        }
        return told;
    }

    @Test
    void theNewestRecordStandsForAnAlertAndWhatIsRepeatedIsKnown() {
        outbox.take(Alerts.of("a", 1, false), 0, 10, false);
        outbox.take(Alerts.of("b", 1, false), 0, 11, false);
        outbox.take(Alerts.of("a", 2, false), 0, 12, false);

        assertThat(outbox.waiting()).isEqualTo(2);
        assertThat(tell(outbox, 5)).containsExactly("a2", "b1");
        outbox.take(Alerts.of("a", 1, false), 0, 13, false);
        outbox.take(Alerts.of("a", 2, false), 0, 14, false);
        assertThat(tell(outbox, 6)).isEmpty();
        outbox.take(Alerts.of("a", 3, true), 0, 15, false);
        assertThat(tell(outbox, 7)).containsExactly("a3");
        outbox.take(Alerts.of("a", 1, false), 0, 16, false);
        assertThat(tell(outbox, 8)).isEmpty();
    }

    @Test
    void nothingIsRememberedAsToldBeforeItIs() {
        outbox.take(Alerts.of("a", 1, false), 0, 10, false);
        outbox.take(Alerts.of("b", 1, false), 1, 4, false);
        assertThat(outbox.toldUpTo(Map.of(0, 11L, 1, 9L))).isEqualTo(Map.of(0, 10L, 1, 4L));

        outbox.done(Alerts.of("b", 1, false), 0);
        assertThat(outbox.toldUpTo(Map.of(0, 11L, 1, 9L))).isEqualTo(Map.of(0, 10L, 1, 9L));
    }

    @Test
    void aNewReceiverHearsOnlyOfWhatIsOpen() {
        outbox.take(Alerts.of("over", 2, true), 0, 1, false);
        outbox.take(Alerts.of("open", 1, false), 0, 2, false);
        outbox.take(Alerts.of("elsewhere", 2, true), 1, 1, false);
        outbox.skipWhatIsOver(0);

        assertThat(tell(outbox, 0)).containsExactly("open1", "elsewhere2");
    }

    @Test
    void whatWasToldIsToldAgainOnlyToWhoWantsThat() {
        Outbox repeating = new Outbox(Duration.ofMinutes(1));
        repeating.take(Alerts.of("told", 1, false), 0, 1, true);
        repeating.take(Alerts.of("over", 2, true), 0, 2, true);
        repeating.take(Alerts.of("new", 1, false), 0, 3, false);

        assertThat(tell(repeating, 100_000)).containsExactly("told1", "new1");
        assertThat(repeating.nextDueMillis()).isEqualTo(160_000);
        assertThat(tell(repeating, 159_999)).isEmpty();
        assertThat(tell(repeating, 160_000)).containsExactly("told1", "new1");
        // An alert that was told once is not kept back from being forgotten by its repeats.
        assertThat(repeating.toldUpTo(Map.of(0, 4L))).isEqualTo(Map.of(0, 4L));

        outbox.take(Alerts.of("told", 1, false), 0, 1, true);
        assertThat(tell(outbox, 100_000)).isEmpty();
        assertThat(outbox.nextDueMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatOthersTellIsForgotten() {
        outbox.take(Alerts.of("a", 1, false), 0, 10, false);
        outbox.take(Alerts.of("b", 1, false), 1, 10, false);
        outbox.forget(Set.of(0));

        assertThat(tell(outbox, 0)).containsExactly("b1");
    }

    @Test
    void remembersOnlySoManyThatAreOver() {
        for (int i = 0; i < Outbox.REMEMBERED + 5; i++) {
            outbox.take(Alerts.of("t" + i, 2, true), 0, i, true);
        }
        outbox.take(Alerts.of("t4", 2, true), 0, 20_000, false);
        outbox.take(Alerts.of("t5", 2, true), 0, 20_001, false);

        assertThat(tell(outbox, 0)).containsExactly("t42");
    }

    /**
     * Whatever the order of records, deliveries, losses of the receiver and restarts: no record is
     * told after a newer one of its alert by one process, and in the end every alert is told as it
     * stands.
     */
    @Property(tries = 500)
    void everyAlertIsToldAsItStandsInTheEnd(
            @ForAll @Size(max = 40) List<@IntRange(max = 9) Integer> steps) {
        List<Alert> log = new ArrayList<>();
        int[] seqs = new int[3];
        long committed = 0;
        Outbox now = new Outbox(Duration.ZERO);
        List<Alert> told = new ArrayList<>();
        for (int step : steps) {
            if (step < 6) {
                int tenant = step % 3;
                Alert next = Alerts.of("t" + tenant, ++seqs[tenant], step >= 3);
                now.take(next, 0, log.size(), false);
                log.add(next);
            } else if (step < 8) {
                Alert due = now.due(0);
                if (due != null) {
                    told.add(due);
                    now.done(due, 0);
                }
                committed = now.toldUpTo(Map.of(0, (long) log.size())).get(0);
            } else {
                now = reread(log, committed);
            }
        }
        for (Alert due = now.due(0); due != null; due = now.due(0)) {
            told.add(due);
            now.done(due, 0);
        }

        for (int tenant = 0; tenant < 3; tenant++) {
            String name = "t" + tenant;
            List<Long> of =
                    told.stream()
                            .filter(alert -> alert.getScopeValue().equals(name))
                            .map(Alert::getSeq)
                            .toList();
            assertThat(of).isSorted();
            assertThat(of.isEmpty() ? 0 : of.get(of.size() - 1)).isEqualTo(seqs[tenant]);
        }
        assertThat(now.waiting()).isZero();
    }

    private static Outbox reread(List<Alert> log, long committed) {
        Outbox fresh = new Outbox(Duration.ZERO);
        for (int offset = 0; offset < log.size(); offset++) {
            fresh.take(log.get(offset), 0, offset, offset < committed);
        }
        return fresh;
    }

    @Test
    void theRecordsOfTheTestsAreWhatTheySay() {
        assertThat(Alerts.of("a", 1, false).getState()).isEqualTo(AlertState.OPENED);
        assertThat(Alerts.of("a", 2, true).getState()).isEqualTo(AlertState.RESOLVED);
    }
}
