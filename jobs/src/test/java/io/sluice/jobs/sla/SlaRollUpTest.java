package io.sluice.jobs.sla;

import io.sluice.core.latency.SlaAggregate;
import io.sluice.core.latency.SlaSummary;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.state.GroupedSample;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeyedHarness;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Windows of 10 s, rolled up to 20 s, 60 s and 240 s. */
class SlaRollUpTest {

    private static final String ALL = "ALL/all";
    private static final List<Long> LENGTHS = List.of(10_000L, 20_000L, 60_000L, 240_000L);
    private static final SlaWindowing WINDOWING =
            new SlaWindowing(10_000, 60_000, 1_000, 3_600_000, LENGTHS.subList(1, 4));

    @ParameterizedTest
    @EnumSource(Backend.class)
    void everyLevelIsOneHistogramOverEverythingBitForBitInAnyOrderWithinLateness(Backend backend)
            throws Exception {
        List<GroupedSample> samples = samples(600, 500_000);
        Map<SlaWindowId, SlaSummary> expected = recomputed(samples);
        for (int order = 0; order < 3; order++) {
            try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
                Map<SlaWindowId, SlaWindowUpdate> last = new HashMap<>();
                feed(harness, arrivals(samples, new Random(order)), last);
                harness.watermark(10_000_000);
                keepLast(harness, last);

                assertThat(summaries(last)).isEqualTo(expected);
                assertThat(last.values()).allMatch(SlaWindowUpdate::complete);
                assertThat(deadLetters(harness)).isZero();
                harness.clock(10_000_000);
                // RocksDB deletes timers in batches; a snapshot writes what is outstanding.
                harness.snapshot();
                assertThat(harness.stateEntries()).isZero();
                assertThat(harness.timers()).isZero();
                assertThat(harness.drain()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRestoreAtAnyMomentChangesNothingOnAnyLevel(Backend backend) throws Exception {
        List<GroupedSample> samples = samples(300, 500_000);
        List<GroupedSample> arrivals = arrivals(samples, new Random(3));
        Map<SlaWindowId, SlaWindowUpdate> last = new HashMap<>();
        OperatorSubtaskState snapshot = null;
        for (int from = 0; from < arrivals.size(); from += 50) {
            try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness =
                    snapshot == null
                            ? open(backend)
                            : KeyedHarness.restore(spec(backend), 1, 0, snapshot)) {
                feed(harness, arrivals.subList(from, from + 50), last);
                snapshot = harness.snapshot();
                if (from + 50 == arrivals.size()) {
                    harness.watermark(10_000_000);
                    keepLast(harness, last);
                }
            }
        }
        assertThat(summaries(last)).isEqualTo(recomputed(samples));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatIsTooLateForItsShortestWindowIsLateOnAllLevels(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            Map<SlaWindowId, SlaWindowUpdate> last = new HashMap<>();
            harness.process(sample(1_000, 100));
            harness.process(sample(15_000, 100));
            harness.watermark(69_999);

            harness.process(sample(2_000, 100));
            harness.watermark(10_000_000);
            keepLast(harness, last);

            assertThat(deadLetters(harness)).isEqualTo(1);
            assertThat(completed(last, 10_000, 0)).isEqualTo(1);
            assertThat(completed(last, 20_000, 0)).isEqualTo(2);
            assertThat(completed(last, 240_000, 0)).isEqualTo(2);
            for (long length : LENGTHS) {
                long arrival = 70_000 / length * length;
                SlaWindowUpdate window = last.get(new SlaWindowId(length, arrival));
                assertThat(window.aggregate().lateEvents()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void noLevelIsReopenedByWhatIsLateAfterARestoreThoughTheWatermarkIsGone(Backend backend)
            throws Exception {
        OperatorSubtaskState snapshot;
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample(1_000, 100));
            harness.watermark(119_999);
            snapshot = harness.snapshot();
        }
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> restored =
                KeyedHarness.restore(spec(backend), 1, 0, snapshot)) {
            // Its own shortest window was never there, but the minute it belongs to is dropped.
            restored.process(sample(31_000, 100));
            restored.clock(10_000_000);

            assertThat(restored.drain())
                    .noneMatch(
                            update ->
                                    update.windowStartMillis() == 0
                                            && update.windowEndMillis() == 60_000);
            assertThat(deadLetters(restored)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void longerWindowsArePublishedInTheirOwnRhythmAndWhenTheyAreComplete(Backend backend)
            throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            Map<Long, Integer> published = new HashMap<>();
            for (int second = 0; second < 60; second++) {
                harness.process(sample(second * 1_000L, 100));
                harness.clock(second * 1_000L + 1_000);
                for (SlaWindowUpdate update : harness.drain()) {
                    published.merge(length(update), 1, Integer::sum);
                }
            }
            assertThat(published)
                    .containsOnly(
                            Map.entry(10_000L, 60),
                            Map.entry(20_000L, 30),
                            Map.entry(60_000L, 10),
                            Map.entry(240_000L, 2));

            harness.watermark(59_999);
            assertThat(harness.drain())
                    .filteredOn(SlaWindowUpdate::complete)
                    .extracting(SlaRollUpTest::length)
                    .containsOnly(10_000L, 20_000L, 60_000L);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void windowsThatLogTimeJumpsOverAreStillCompleted(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> harness = open(backend)) {
            harness.process(sample(1_000, 100));
            harness.clock(24_000);
            harness.drain();

            harness.watermark(Long.MAX_VALUE);

            assertThat(harness.drain())
                    .allMatch(SlaWindowUpdate::complete)
                    .extracting(SlaRollUpTest::length)
                    .containsExactlyInAnyOrderElementsOf(LENGTHS);
        }
    }

    /**
     * The snapshot is of the layout with one level. All was counted under its windows of 10 s: of
     * two groups, one outcome at 1 s, in a window that is dropped, one at 71 s, and not yet folded
     * one at 78 s for everything, and one that came too late for the tenant, at 75 s.
     */
    @ParameterizedTest
    @EnumSource(Backend.class)
    void stateOfTheLayoutWithOneLevelIsRestored(Backend backend) throws Exception {
        URL file =
                getClass().getResource("/snapshots/sla-windows-1-" + backend.configurationName());
        OperatorSubtaskState earlier =
                OperatorSnapshotUtil.readStateHandle(Path.of(file.toURI()).toString());
        try (KeyedHarness<GroupedSample, SlaWindowUpdate> restored =
                KeyedHarness.restore(spec(backend), 1, 0, earlier)) {
            restored.process(sample(81_000, 700));
            Map<SlaWindowId, SlaWindowUpdate> last = new HashMap<>();
            restored.watermark(10_000_000);
            for (SlaWindowUpdate update : restored.drain()) {
                if (update.scope().equals("ALL")) {
                    last.put(id(update), update);
                }
            }

            assertThat(completed(last, 10_000, 70_000)).as("kept and pending").isEqualTo(2);
            assertThat(completed(last, 10_000, 80_000)).isEqualTo(1);
            assertThat(completed(last, 20_000, 80_000)).isEqualTo(1);
            assertThat(last.keySet())
                    .as("what was dropped before is missing in the longer windows of then")
                    .doesNotContain(new SlaWindowId(60_000, 60_000), new SlaWindowId(240_000, 0));
        }
    }

    private static List<GroupedSample> samples(int count, long spanMillis) {
        Random random = new Random(5);
        List<GroupedSample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(sample(random.nextLong(spanMillis), 10_000 * random.nextDouble()));
        }
        return samples;
    }

    /** In log order, but each up to half the lateness before or after its turn. */
    private static List<GroupedSample> arrivals(List<GroupedSample> samples, Random random) {
        Map<GroupedSample, Long> turns = new HashMap<>();
        List<GroupedSample> arrivals = new ArrayList<>(samples);
        Collections.shuffle(arrivals, random);
        arrivals.forEach(sample -> turns.put(sample, at(sample) + random.nextLong(50_000)));
        arrivals.sort((a, b) -> Long.compare(turns.get(a), turns.get(b)));
        return arrivals;
    }

    /** Log time follows the latest arrival; the clock of the job goes its own way. */
    private static void feed(
            KeyedHarness<GroupedSample, SlaWindowUpdate> harness,
            List<GroupedSample> arrivals,
            Map<SlaWindowId, SlaWindowUpdate> last)
            throws Exception {
        long clock = 0;
        long logTime = 0;
        for (GroupedSample sample : arrivals) {
            harness.process(sample);
            logTime = Math.max(logTime, at(sample));
            harness.watermark(logTime);
            clock += 700;
            harness.clock(clock);
            keepLast(harness, last);
        }
    }

    private static void keepLast(
            KeyedHarness<GroupedSample, SlaWindowUpdate> harness,
            Map<SlaWindowId, SlaWindowUpdate> last) {
        harness.drain().forEach(update -> last.put(id(update), update));
    }

    private static Map<SlaWindowId, SlaSummary> recomputed(List<GroupedSample> samples) {
        Map<SlaWindowId, SlaAggregate> windows = new HashMap<>();
        for (GroupedSample sample : samples) {
            for (long length : LENGTHS) {
                windows.computeIfAbsent(
                                new SlaWindowId(length, at(sample) / length * length),
                                none -> new SlaAggregate())
                        .add(SlaStateMapping.sample(sample.sample()));
            }
        }
        Map<SlaWindowId, SlaSummary> summaries = new HashMap<>();
        windows.forEach((id, aggregate) -> summaries.put(id, aggregate.summary()));
        return summaries;
    }

    private static Map<SlaWindowId, SlaSummary> summaries(Map<SlaWindowId, SlaWindowUpdate> last) {
        Map<SlaWindowId, SlaSummary> summaries = new HashMap<>();
        last.forEach(
                (id, update) -> summaries.put(id, SlaStateMapping.summary(update.aggregate())));
        return summaries;
    }

    private static long completed(Map<SlaWindowId, SlaWindowUpdate> last, long length, long start) {
        SlaWindowUpdate window = last.get(new SlaWindowId(length, start));
        assertThat(window).as("window of %d ms at %d", length, start).isNotNull();
        return window.aggregate().outcomes().getOrDefault("Completed", 0L);
    }

    private static SlaWindowId id(SlaWindowUpdate update) {
        return new SlaWindowId(length(update), update.windowStartMillis());
    }

    private static long length(SlaWindowUpdate update) {
        return update.windowEndMillis() - update.windowStartMillis();
    }

    private static long at(GroupedSample sample) {
        return sample.appendedMillis();
    }

    private static GroupedSample sample(long appendedAt, double ttftMillis) {
        return new GroupedSample(
                ALL,
                appendedAt,
                new LogPosition("inference.outcomes", 0, appendedAt, appendedAt),
                false,
                false,
                SlaOutcomes.of("r", appendedAt, ttftMillis).sample());
    }

    private static int deadLetters(KeyedHarness<GroupedSample, SlaWindowUpdate> harness) {
        return harness.side(SplitDecodedFunction.DEAD_LETTERS).size();
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
