package io.sluice.jobs.sla;

import io.sluice.core.slo.SloReport;
import io.sluice.jobs.state.AlertUpdate;
import io.sluice.jobs.state.CauseState;
import io.sluice.jobs.state.CausesAt;
import io.sluice.jobs.state.JudgedOutcome;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.jobs.state.PendingJudgement;
import io.sluice.jobs.state.SloObjectiveState;
import io.sluice.jobs.state.SloSignal;
import io.sluice.jobs.state.SloStatusUpdate;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.BroadcastHarness;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SloSeriesFunctionTest {

    private static final SloObjectiveState CHAT = objective("chat", "ALL", 500);
    private static final String ALL = "chat/ALL/all";

    /** A slot of 10 ms: the windows are 300 ms, 1.8 s, 3.6 s, 21.6 s and 259.2 s. */
    private static final SloSettings SETTINGS = new SloSettings(10, 5, 50, List.of(CHAT));

    private static final Offset<Double> TINY = Offset.offset(1e-9);
    private static final SlaWindowing WINDOWING =
            new SlaWindowing(10_000, 100, 1_000, 3_600_000, List.of());

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aStatusIsPublishedAtTheEndOfASlotAndOnlyIfTheNumbersChanged(Backend backend)
            throws Exception {
        try (Harness harness = new Harness(backend)) {
            harness.counted(ALL, 1_001, PendingJudgement.GOOD, 3);
            harness.counted(ALL, 1_002, PendingJudgement.BAD, 1);
            harness.counted(ALL, 1_003, PendingJudgement.EXCLUDED, 2);
            harness.watermark(1_008);
            assertThat(harness.statuses()).isEmpty();

            harness.watermark(1_009);

            SloStatusUpdate status = only(harness.statuses());
            SloReport report = SloStateMapping.report(status.report());
            assertThat(report.atMillis()).isEqualTo(1_010);
            assertThat(report.attainment()).hasValue(0.75);
            assertThat(report.excluded()).isEqualTo(2);
            assertThat(report.budgetLeft()).isCloseTo(1 - 0.25 / 0.1, TINY);
            assertThat(status.scope()).isEqualTo("ALL");
            assertThat(status.scopeValue()).isEqualTo("all");
            assertThat(status.removed()).isFalse();

            harness.watermark(1_100);
            assertThat(harness.statuses()).as("nothing changed").isEmpty();
            harness.watermark(1_400);
            assertThat(only(harness.statuses()).report().burnRates().get(0).bad())
                    .as("the shortest window has moved on")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anObjectiveThatSelectsNothingHasAStatusThatSaysSo(Backend backend) throws Exception {
        try (Harness harness = new Harness(backend)) {
            harness.counted(ALL, 1_000, PendingJudgement.NOTHING, 2);
            harness.watermark(1_009);

            SloReport report = SloStateMapping.report(only(harness.statuses()).report());
            assertThat(report.matched()).isFalse();
            assertThat(report.attainment()).isEmpty();
            assertThat(report.budgetLeft()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatIsLateIsCountedInItsSlotUntilThatExpiresAndThenAsLateOnly(Backend backend)
            throws Exception {
        try (Harness harness = new Harness(backend)) {
            harness.counted(ALL, 1_001, PendingJudgement.GOOD, 1);
            harness.watermark(1_108);
            harness.statuses();

            harness.counted(ALL, 1_002, PendingJudgement.BAD, 1);
            harness.watermark(1_119);
            SloReport mended = SloStateMapping.report(only(harness.statuses()).report());
            assertThat(mended.period().good()).isEqualTo(1);
            assertThat(mended.period().bad()).isEqualTo(1);

            harness.counted(ALL, 1_003, PendingJudgement.BAD, 1);
            harness.watermark(1_129);
            SloReport late = SloStateMapping.report(only(harness.statuses()).report());
            assertThat(late.period().bad()).isEqualTo(1);
            assertThat(late.late()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRestartInTheMiddleOfAnOpenAlertIsOneAlertWithOneId(Backend backend) throws Exception {
        List<AlertUpdate> uninterrupted = new ArrayList<>();
        try (Harness harness = new Harness(backend)) {
            harness.burn(0, 60);
            harness.burn(600, 100);
            harness.recover(1_600, 600);
            uninterrupted.addAll(harness.alerts());
        }
        List<AlertUpdate> restarted = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (Harness harness = new Harness(backend)) {
            harness.burn(0, 60);
            snapshot = harness.snapshot();
            restarted.addAll(harness.alerts());
        }
        try (Harness harness = new Harness(backend, SETTINGS, snapshot)) {
            harness.burn(600, 100);
            harness.recover(1_600, 600);
            restarted.addAll(harness.alerts());
        }

        assertThat(restarted).isEqualTo(uninterrupted);
        List<AlertUpdate> pages =
                restarted.stream().filter(a -> a.alert().severity().equals("PAGE")).toList();
        assertThat(pages.get(0).kind()).isEqualTo("OPENED");
        assertThat(pages.get(pages.size() - 1).kind()).isEqualTo("RESOLVED");
        assertThat(pages.subList(1, pages.size() - 1))
                .allSatisfy(alert -> assertThat(alert.kind()).isEqualTo("UPDATED"));
        assertThat(pages.stream().map(AlertUpdate::alertId).distinct())
                .containsExactly("chat/all/PAGE@10");
        assertThat(pages.get(0).message())
                .contains("chat, all: spends its error budget too fast")
                .contains("90 % of requests with TTFT within 500 ms");
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRemovedObjectiveResolvesItsAlertSaysSoAndLeavesNothingBehind(Backend backend)
            throws Exception {
        try (Harness harness = new Harness(backend)) {
            harness.burn(0, 5);
            harness.alerts();
            harness.statuses();

            harness.change(null, "chat");
            harness.watermark(69);

            assertThat(harness.alerts())
                    .isNotEmpty()
                    .allSatisfy(alert -> assertThat(alert.kind()).isEqualTo("RESOLVED"));
            assertThat(only(harness.statuses()).removed()).isTrue();
            assertThat(harness.harness.stateEntries()).isZero();
            harness.watermark(1_000_000);
            assertThat(harness.harness.timers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anotherPromiseOfTheSameNameStartsToCountAnew(Backend backend) throws Exception {
        try (Harness harness = new Harness(backend)) {
            harness.burn(0, 5);
            harness.alerts();
            harness.statuses();
            SloObjectiveState stricter = objective("chat", "ALL", 100);

            harness.change(stricter, null);
            harness.counted(ALL, 55, PendingJudgement.BAD, 1);
            harness.countedBy(stricter, ALL, 56, PendingJudgement.GOOD, 1);
            harness.watermark(59);

            assertThat(harness.alerts())
                    .isNotEmpty()
                    .allSatisfy(alert -> assertThat(alert.kind()).isEqualTo("RESOLVED"));
            SloStatusUpdate status = only(harness.statuses());
            assertThat(status.objective()).isEqualTo(stricter);
            assertThat(status.report().period().good()).isEqualTo(1);
            assertThat(status.report().period().bad()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aSeriesWithoutRequestsForAPeriodIsForgottenButTheWholeIsNot(Backend backend)
            throws Exception {
        SloObjectiveState perTenant = objective("chat", "TENANT", 500);
        SloSettings settings = new SloSettings(10, 5, 50, List.of(perTenant));
        try (Harness harness = new Harness(backend, settings, null)) {
            harness.countedBy(perTenant, "chat/TENANT/acme", 5, PendingJudgement.GOOD, 1);
            harness.countedBy(perTenant, ALL, 5, PendingJudgement.GOOD, 1);
            harness.watermark(9);
            assertThat(harness.statuses()).hasSize(2);

            harness.watermark(300_000);

            assertThat(harness.statuses())
                    .filteredOn(SloStatusUpdate::removed)
                    .extracting(SloStatusUpdate::scopeValue)
                    .containsExactly("acme");
            assertThat(harness.harness.stateEntries()).as("the series of the whole").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatTheControlTopicSaidHoldsAfterARestartWithOtherOptions(Backend backend)
            throws Exception {
        SloObjectiveState stricter = objective("chat", "ALL", 100);
        OperatorSubtaskState snapshot;
        try (Harness harness = new Harness(backend)) {
            harness.change(stricter, null);
            snapshot = harness.snapshot();
        }
        try (Harness harness = new Harness(backend, SETTINGS, snapshot)) {
            harness.countedBy(stricter, ALL, 5, PendingJudgement.GOOD, 1);
            harness.watermark(9);

            assertThat(only(harness.statuses()).objective()).isEqualTo(stricter);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anAlertTellsTheCausesOfItsSlotAlsoAfterARestore(Backend backend) throws Exception {
        CauseState lost = new CauseState("INSTANCE_LOST", "gpu-1", 5, Long.MAX_VALUE, 50, "silent");
        CauseState wave = new CauseState("EXPIRY_WAVE", null, 190, Long.MAX_VALUE, 0.05, "many");
        OperatorSubtaskState snapshot;
        try (Harness harness = new Harness(backend)) {
            harness.causes(10, lost);
            harness.causes(500, lost, wave);
            harness.burn(0, 3);
            assertThat(harness.alerts())
                    .isNotEmpty()
                    .allSatisfy(alert -> assertThat(alert.causes()).containsExactly(lost));
            snapshot = harness.snapshot();
        }
        try (Harness harness = new Harness(backend, SETTINGS, snapshot)) {
            harness.burn(30, 46);
            assertThat(harness.alerts())
                    .as("the causes of a slot to come are not known yet")
                    .allSatisfy(alert -> assertThat(alert.causes()).containsExactly(lost));
            harness.burn(490, 10);
            AlertUpdate told = harness.alerts().get(0);
            assertThat(told.kind()).isEqualTo("UPDATED");
            assertThat(told.causes()).containsExactly(lost, wave);
            assertThat(told.alertId()).isEqualTo("chat/all/" + told.alert().severity() + "@10");
        }
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }

    private static SloObjectiveState objective(String id, String per, double threshold) {
        return new SloObjectiveState(
                id, "TTFT", threshold, 0.9, 200_000, null, null, null, null, per);
    }

    /** The operator, fed with verdicts. */
    private static final class Harness implements AutoCloseable {

        private final BroadcastHarness<JudgedOutcome, SloSignal, SloStatusUpdate> harness;

        Harness(Backend backend) throws Exception {
            this(backend, SETTINGS, null);
        }

        Harness(Backend backend, SloSettings settings, @Nullable OperatorSubtaskState snapshot)
                throws Exception {
            BroadcastHarness.Spec<JudgedOutcome, SloSignal, SloStatusUpdate> spec =
                    new BroadcastHarness.Spec<>(
                            () -> new SloSeriesFunction(WINDOWING, settings),
                            JudgedOutcome::series,
                            ObjectiveBook.STATE,
                            backend);
            harness =
                    snapshot == null
                            ? BroadcastHarness.open(spec)
                            : BroadcastHarness.restore(spec, 1, 0, snapshot);
        }

        void counted(String series, long at, int verdict, int times) throws Exception {
            countedBy(CHAT, series, at, verdict, times);
        }

        void countedBy(SloObjectiveState by, String series, long at, int verdict, int times)
                throws Exception {
            int definition = SloStateMapping.definition(by);
            for (int i = 0; i < times; i++) {
                harness.process(
                        new JudgedOutcome(series, new PendingJudgement(definition, at, verdict)));
            }
        }

        /** So many slots in which nothing keeps the promise. */
        void burn(long from, int slots) throws Exception {
            fill(from, slots, PendingJudgement.BAD);
        }

        /** So many slots in which everything does. */
        void recover(long from, int slots) throws Exception {
            fill(from, slots, PendingJudgement.GOOD);
        }

        private void fill(long from, int slots, int verdict) throws Exception {
            for (int slot = 0; slot < slots; slot++) {
                counted(ALL, from + slot * 10L, verdict, 5);
                watermark(from + slot * 10L + 9);
            }
        }

        void change(@Nullable SloObjectiveState set, @Nullable String remove) throws Exception {
            harness.broadcast(
                    SloSignal.of(
                            new ObjectiveChange(
                                    set, remove, new LogPosition("inference.control", 0, 1, 1))));
        }

        void causes(long at, CauseState... causes) throws Exception {
            harness.broadcast(SloSignal.of(new CausesAt(at, List.of(causes))));
        }

        void watermark(long millis) throws Exception {
            harness.watermark(millis);
        }

        List<SloStatusUpdate> statuses() {
            return harness.drain();
        }

        List<AlertUpdate> alerts() {
            return harness.drain(SloSeriesFunction.ALERTS);
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot();
        }

        @Override
        public void close() {
            harness.close();
        }
    }
}
