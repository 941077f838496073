package io.sluice.core.slo;

import io.sluice.core.slo.AlertChange.Kind;
import io.sluice.core.slo.AlertRules.Step;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static io.sluice.core.slo.SloFixtures.SCALE;
import static org.assertj.core.api.Assertions.assertThat;

class AlertRulesTest {

    private static final AlertRules RULES = AlertRules.workbook(SCALE, 10);
    private static final SloObjective.Goal GOAL = new SloObjective.Goal(0.99, 2_592_000);

    /** Requests of one slot. */
    record Load(int good, int bad) {}

    @Test
    void aFastBurnPagesOnceIsToldWhenItGrowsAndEndsAfterTheHold() {
        List<AlertChange> changes = new ArrayList<>();
        Run run = new Run();
        run.slots(400, new Load(10, 0), changes);
        assertThat(changes).isEmpty();

        run.slots(300, new Load(5, 5), changes);
        List<AlertChange> pages = of(AlertSeverity.PAGE, changes);
        assertThat(pages.get(0).kind()).isEqualTo(Kind.OPENED);
        assertThat(pages.subList(1, pages.size()))
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.kind()).isEqualTo(Kind.UPDATED));
        assertThat(pages).extracting(change -> change.alertId("chat", "all")).hasSize(pages.size());
        assertThat(pages.stream().map(change -> change.alertId("chat", "all")).distinct())
                .hasSize(1);
        for (int i = 0; i < pages.size(); i++) {
            assertThat(pages.get(i).alert().seq()).isEqualTo(i + 1);
        }

        long goodAgain = run.now;
        run.slots(1_000, new Load(10, 0), changes);
        AlertChange last =
                of(AlertSeverity.PAGE, changes).get(of(AlertSeverity.PAGE, changes).size() - 1);
        assertThat(last.kind()).isEqualTo(Kind.RESOLVED);
        assertThat(last.report().atMillis() - goodAgain).isGreaterThan(SCALE.fiveMinutes());
    }

    @Test
    void aSlowBurnIsATicketAndNoPage() {
        List<AlertChange> changes = new ArrayList<>();
        Run run = new Run();

        run.slots(3_000, new Load(49, 1), changes);

        assertThat(of(AlertSeverity.PAGE, changes)).isEmpty();
        assertThat(of(AlertSeverity.TICKET, changes)).first().isNotNull();
        assertThat(changes.get(0).rule().factor()).isEqualTo(1);
    }

    @Test
    void fewRequestsOpenNothing() {
        List<AlertChange> changes = new ArrayList<>();
        Run run = new Run();
        run.slot(new Load(0, 9), changes);
        run.slots(50, new Load(0, 0), changes);

        assertThat(changes).isEmpty();
        run.slot(new Load(0, 10), changes);
        assertThat(changes).extracting(AlertChange::kind).containsOnly(Kind.OPENED);
    }

    @Test
    void anAlertThatFlickersAroundTheFactorStaysOpen() {
        List<AlertChange> changes = new ArrayList<>();
        Run run = new Run();
        // 15 % and 13 % of bad requests: above 14.4 and below it, but above four fifths of it.
        for (int i = 0; i < 40; i++) {
            run.slots(20, new Load(85, 15), changes);
            run.slots(20, new Load(87, 13), changes);
        }

        assertThat(of(AlertSeverity.PAGE, changes))
                .filteredOn(change -> change.kind() == Kind.OPENED)
                .hasSize(1);
        assertThat(changes).noneMatch(change -> change.kind() == Kind.RESOLVED);
    }

    @Property(tries = 60)
    void restoredAtAnyPointItSaysTheSame(
            @ForAll("loads") List<Load> loads, @ForAll @IntRange(max = 59) int stop) {
        List<AlertChange> uninterrupted = new ArrayList<>();
        List<AlertChange> restored = new ArrayList<>();
        Run one = new Run();
        Run other = new Run();

        for (int i = 0; i < loads.size(); i++) {
            if (i == stop) {
                other = other.restored();
            }
            one.slots(10, loads.get(i), uninterrupted);
            other.slots(10, loads.get(i), restored);
        }

        assertThat(restored).isEqualTo(uninterrupted);
    }

    @Property(tries = 60)
    void neverAreTwoAlertsOfOneSeverityOpen(@ForAll("loads") List<Load> loads) {
        List<AlertChange> changes = new ArrayList<>();
        Run run = new Run();
        loads.forEach(load -> run.slots(10, load, changes));

        for (AlertSeverity severity : AlertSeverity.values()) {
            AlertChange before = null;
            for (AlertChange change : of(severity, changes)) {
                boolean begins = before == null || before.kind() == Kind.RESOLVED;
                assertThat(change.kind() == Kind.OPENED).isEqualTo(begins);
                assertThat(change.alert().seq()).isEqualTo(begins ? 1 : before.alert().seq() + 1);
                if (!begins) {
                    assertThat(change.alertId("chat", "all"))
                            .isEqualTo(before.alertId("chat", "all"));
                }
                before = change;
            }
        }
    }

    @Test
    void aNewCauseIsToldOnceAndNotSoonerThanTheQuietTime() {
        List<AlertChange> changes = new ArrayList<>();
        Run run = new Run();
        run.slots(4_000, new Load(70, 30), changes);
        changes.clear();
        run.slots(50, new Load(70, 30), changes);
        assertThat(of(AlertSeverity.PAGE, changes)).as("nothing new").isEmpty();

        run.causes = List.of("INSTANCE_LOST/gpu-1@5");
        run.slots(50, new Load(70, 30), changes);
        run.causes = List.of();
        run.slots(50, new Load(70, 30), changes);

        AlertChange told = of(AlertSeverity.PAGE, changes).get(0);
        assertThat(of(AlertSeverity.PAGE, changes)).hasSize(1);
        assertThat(told.kind()).isEqualTo(Kind.UPDATED);
        assertThat(told.alert().told().causes()).containsExactly("INSTANCE_LOST/gpu-1@5");
    }

    @Property(tries = 40)
    void whenAlertsOpenAndEndDoesNotDependOnCauses(
            @ForAll("loads") List<Load> loads, @ForAll long seed) {
        Random random = new Random(seed);
        List<AlertChange> with = new ArrayList<>();
        List<AlertChange> without = new ArrayList<>();
        Run one = new Run();
        Run other = new Run();
        for (Load load : loads) {
            one.causes = List.of("cause-" + random.nextInt(5));
            one.slots(10, load, with);
            other.slots(10, load, without);
        }

        assertThat(edges(with)).isEqualTo(edges(without));
    }

    private static List<String> edges(List<AlertChange> changes) {
        return changes.stream()
                .filter(change -> change.kind() != Kind.UPDATED)
                .map(
                        change ->
                                "%s %s %d"
                                        .formatted(
                                                change.kind(),
                                                change.alertId("chat", "all"),
                                                change.report().atMillis()))
                .toList();
    }

    private static List<AlertChange> of(AlertSeverity severity, List<AlertChange> changes) {
        return changes.stream().filter(change -> change.alert().severity() == severity).toList();
    }

    /** A series that is evaluated at the end of each slot. */
    private static final class Run {
        private SlidingCounts counts = new SlidingCounts(SCALE);
        private final @Nullable OpenAlert[] open = new OpenAlert[AlertSeverity.values().length];
        private List<String> causes = List.of();
        private long now;

        void slots(int slots, Load load, List<AlertChange> changes) {
            for (int i = 0; i < slots; i++) {
                slot(load, changes);
            }
        }

        void slot(Load load, List<AlertChange> changes) {
            counts.add(now, new SlotCounts(load.good(), load.bad(), 0, 0));
            now += SCALE.slotMillis();
            SloReport report = SloReport.of(counts, GOAL, SCALE, now);
            for (AlertSeverity severity : AlertSeverity.values()) {
                Step step = RULES.step(severity, open[severity.ordinal()], report, causes);
                open[severity.ordinal()] = step.open();
                if (step.change() != null) {
                    changes.add(step.change());
                }
            }
            counts.prune(now, GOAL.periodMillis());
        }

        /** What a snapshot of it would come to. */
        Run restored() {
            Run copy = new Run();
            for (int level = 0; level < SlotScale.LEVELS; level++) {
                int resolution = level;
                counts.slots(level)
                        .forEach((start, slot) -> copy.counts.put(resolution, start, slot));
            }
            System.arraycopy(open, 0, copy.open, 0, open.length);
            copy.now = now;
            copy.causes = causes;
            return copy;
        }
    }

    @Provide
    Arbitrary<List<Load>> loads() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 20), Arbitraries.of(0, 0, 0, 1, 3, 20))
                .as(Load::new)
                .list()
                .ofSize(60);
    }
}
