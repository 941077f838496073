package io.sluice.jobs.sla;

import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.state.GroupedSample;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeyedHarness;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class SlaWindowFunctionTest {

    private static final String ALL = "ALL/all";
    private static final SlaWindowing WINDOWING =
            new SlaWindowing(10_000, 60_000, 1_000, 3_600_000, List.of());

    /** The watermark that drops the window 0 to 10 s. */
    private static final long EXPIRY = 69_999;

    @ParameterizedTest
    @EnumSource(Backend.class)
    void changedWindowsArePublishedEachSecondOfTheJobsClock(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.clock(500);
            harness.process(sample(ALL, 1_000, 100));
            harness.process(sample(ALL, 2_000, 100));
            assertThat(harness.drain()).isEmpty();

            harness.clock(1_000);

            SlaWindowUpdate update = only(harness.drain());
            assertThat(update.windowStartMillis()).isZero();
            assertThat(update.windowEndMillis()).isEqualTo(10_000);
            assertThat(update.scope()).isEqualTo("ALL");
            assertThat(update.scopeValue()).isEqualTo("all");
            assertThat(update.complete()).isFalse();
            assertThat(update.emittedAtMillis()).isEqualTo(1_000);
            assertThat(completed(update)).isEqualTo(2);

            harness.clock(2_000);
            assertThat(harness.drain()).as("nothing changed").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aWindowIsCompleteWhenLogTimePassesItsEnd(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample(ALL, 1_000, 100));
            harness.process(sample(ALL, 9_999, 100));
            harness.process(sample(ALL, 10_000, 100));

            harness.watermark(9_998);
            assertThat(harness.drain()).isEmpty();
            harness.watermark(9_999);

            assertThat(harness.drain())
                    .filteredOn(SlaWindowUpdate::complete)
                    .singleElement()
                    .satisfies(
                            update -> {
                                assertThat(update.windowStartMillis()).isZero();
                                assertThat(completed(update)).isEqualTo(2);
                            });
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anUnchangedWindowIsStillMarkedComplete(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample(ALL, 1_000, 100));
            harness.clock(1_000);
            assertThat(only(harness.drain()).complete()).isFalse();

            harness.watermark(9_999);

            assertThat(only(harness.drain()).complete()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatIsLateButNotTooLateReplacesTheValue(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample(ALL, 1_000, 100));
            harness.watermark(EXPIRY - 1);
            harness.drain();

            harness.process(sample(ALL, 2_000, 100));
            harness.clock(1_000);

            SlaWindowUpdate update = only(harness.drain());
            assertThat(update.windowStartMillis()).isZero();
            assertThat(update.complete()).isTrue();
            assertThat(completed(update)).isEqualTo(2);
            assertThat(deadLetters(harness)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatIsTooLateIsCountedAsLateWhereItArrivedAndBecomesADeadLetter(Backend backend)
            throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample(ALL, 1_000, 100));
            harness.watermark(EXPIRY);
            harness.drain();

            harness.clock(400);
            harness.process(sample(ALL, 2_000, 100));
            harness.clock(1_000);

            SlaWindowUpdate update = only(harness.drain());
            assertThat(update.windowStartMillis()).isEqualTo(70_000);
            assertThat(update.aggregate().outcomes()).isEmpty();
            assertThat(update.aggregate().lateEvents()).isEqualTo(1);
            assertThat(deadLetters(harness))
                    .singleElement()
                    .satisfies(
                            letter -> {
                                assertThat(letter.position()).isEqualTo(position(2_000));
                                assertThat(letter.failure().stage()).isEqualTo("sla-windows");
                                assertThat(letter.failure().message())
                                        .contains("inference.outcomes-0, offset 2000");
                                assertThat(letter.atMillis()).isEqualTo(400);
                            });
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void staleOutcomesCountAsLateOnly(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            GroupedSample sample = sample(ALL, 5_000, 100);
            harness.process(
                    new GroupedSample(ALL, 5_000, sample.position(), true, false, sample.sample()));
            harness.clock(1_000);

            SlaWindowUpdate update = only(harness.drain());
            assertThat(update.windowStartMillis()).isZero();
            assertThat(update.aggregate().outcomes()).isEmpty();
            assertThat(update.aggregate().lateEvents()).isEqualTo(1);
            assertThat(deadLetters(harness)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void oneOutcomeMakesOneDeadLetterHoweverManyGroupsItHas(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.watermark(EXPIRY);

            for (String group : List.of(ALL, "TENANT/acme", "PRIORITY/P2")) {
                harness.process(sample(group, 2_000, 100));
            }
            harness.clock(1_000);

            assertThat(deadLetters(harness)).hasSize(1);
            assertThat(harness.drain())
                    .hasSize(3)
                    .allSatisfy(update -> assertThat(update.aggregate().lateEvents()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void groupsDoNotMix(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample("TENANT/acme", 1_000, 100));
            harness.process(sample("TENANT/a/b", 1_000, 100));
            harness.process(sample("TENANT/a/b", 2_000, 100));
            harness.watermark(9_999);

            Map<String, Long> counts =
                    harness.drain().stream()
                            .collect(
                                    Collectors.toMap(
                                            SlaWindowUpdate::scopeValue,
                                            SlaWindowFunctionTest::completed));
            assertThat(counts).containsOnly(Map.entry("acme", 1L), Map.entry("a/b", 2L));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRestoreLosesNothingAndCountsNothingTwice(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample(ALL, 1_000, 100));
            harness.clock(1_000);
            harness.process(sample(ALL, 2_000, 100));
            snapshot = harness.snapshot();
            harness.process(sample(ALL, 3_000, 100));
        }
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> restored =
                KeyedHarness.restore(spec(backend), 1, 0, snapshot)) {
            restored.process(sample(ALL, 3_000, 100));
            restored.watermark(9_999);

            assertThat(completed(only(restored.drain()))).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aDroppedWindowStaysDroppedAfterARestoreThoughTheWatermarkIsGone(Backend backend)
            throws Exception {
        OperatorSubtaskState snapshot;
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample(ALL, 1_000, 100));
            harness.watermark(EXPIRY);
            snapshot = harness.snapshot();
        }
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> restored =
                KeyedHarness.restore(spec(backend), 1, 0, snapshot)) {
            restored.process(sample(ALL, 2_000, 100));
            restored.clock(1_000);

            assertThat(restored.drain())
                    .as("the published value of the dropped window is not replaced")
                    .noneMatch(update -> update.windowStartMillis() == 0);
            assertThat(deadLetters(restored)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void windowsMoveWithTheirGroupsWhenTheJobIsRescaled(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        List<String> groups = IntStream.range(0, 40).mapToObj(i -> "TENANT/t" + i).toList();
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            for (String group : groups) {
                harness.process(sample(group, 1_000, 100));
            }
            snapshot = harness.snapshot();
        }
        OperatorSubtaskState[] halves = new OperatorSubtaskState[2];
        int published = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            try (KeyedHarness<GroupedSample, SlaWindowUpdate> half =
                    KeyedHarness.restore(spec(backend), 2, subtask, snapshot)) {
                half.clock(1_000);
                int own = half.drain().size();
                assertThat(own).isBetween(1, 39);
                published += own;
                halves[subtask] = half.snapshot();
            }
        }
        assertThat(published).isEqualTo(40);
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> whole =
                KeyedHarness.restore(spec(backend), 1, 0, halves)) {
            whole.watermark(9_999);

            assertThat(whole.drain())
                    .hasSize(40)
                    .allSatisfy(update -> assertThat(completed(update)).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aCompleteWindowIsKeptForWhatIsLateAndThenDropped(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample(ALL, 1_000, 100));
            harness.clock(1_000);
            harness.watermark(9_999);
            harness.watermark(EXPIRY - 1);
            assertThat(harness.stateEntries()).isEqualTo(1);

            harness.watermark(EXPIRY);

            assertThat(harness.stateEntries()).isZero();
            assertThat(harness.timers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void nothingIsKeptOnceAllWindowsExpired(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            for (int i = 0; i < 200; i++) {
                harness.process(sample("TENANT/t" + i % 7, 500L * i, 100));
            }
            harness.clock(1_000);
            assertThat(harness.stateEntries()).isPositive();

            harness.watermark(1_000_000);

            assertThat(harness.stateEntries()).isZero();
            assertThat(harness.timers()).isZero();
        }
    }

    private static GroupedSample sample(String group, long appendedAt, double ttftMillis) {
        return new GroupedSample(
                group,
                appendedAt,
                group.equals(ALL) ? position(appendedAt) : null,
                false,
                false,
                SlaOutcomes.of("r", appendedAt, ttftMillis).sample());
    }

    private static LogPosition position(long appendedAt) {
        return new LogPosition("inference.outcomes", 0, appendedAt, appendedAt);
    }

    private static long completed(SlaWindowUpdate update) {
        return update.aggregate().outcomes().getOrDefault("Completed", 0L);
    }

    private static SlaWindowUpdate only(List<SlaWindowUpdate> updates) {
        assertThat(updates).hasSize(1);
        return updates.get(0);
    }

    private static List<DeadLetterRecord> deadLetters(
            KeyedHarness<GroupedSample, SlaWindowUpdate> harness) {
        return harness.side(SplitDecodedFunction.DEAD_LETTERS);
    }

    private static KeyedHarness<GroupedSample, SlaWindowUpdate> open(Backend backend)
            throws Exception {
        return KeyedHarness.open(spec(backend));
    }

    private static KeyedHarness.Spec<GroupedSample, SlaWindowUpdate> spec(Backend backend) {
        return new KeyedHarness.Spec<>(
                () -> new SlaWindowFunction(WINDOWING), GroupedSample::group, backend);
    }
}
