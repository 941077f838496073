package io.sluice.jobs.sla;

import io.sluice.core.latency.SeriesCap;
import io.sluice.jobs.state.GroupedSample;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeyedHarness;
import io.sluice.jobs.testing.SubtaskOfKey;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesCapFunctionTest {

    private static final long TTL = 10_000;
    private static final SeriesCap CAP = new SeriesCap(100, TTL);

    @ParameterizedTest
    @EnumSource(Backend.class)
    void thousandsOfTenantsTakeNoMorePlacesThanThereAre(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, GroupedSample> harness = open(backend)) {
            for (int i = 0; i < 3_000; i++) {
                harness.process(sample("TENANT/t" + i, i));
            }
            List<GroupedSample> sent = harness.drain();

            assertThat(sent).hasSize(3_000);
            Set<String> groups = new HashSet<>();
            for (GroupedSample sample : sent) {
                assertThat(sample.folded()).isEqualTo(sample.group().equals("TENANT/other"));
                groups.add(sample.group());
            }
            assertThat(groups).hasSize(101);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void scopesDoNotTakeEachOthersPlaces(Backend backend) throws Exception {
        try (KeyedHarness<GroupedSample, GroupedSample> harness = open(backend)) {
            for (int i = 0; i < 3_000; i++) {
                harness.process(sample("TENANT/t" + i, i));
            }
            harness.drain();

            harness.process(sample("MODEL/llama", 4_000));

            assertThat(harness.drain())
                    .extracting(GroupedSample::group)
                    .containsOnly("MODEL/llama");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void theSameValuesHaveTheirPlacesAfterARestoreWithAnotherParallelism(Backend backend)
            throws Exception {
        OperatorSubtaskState snapshot;
        Set<String> own;
        try (KeyedHarness<GroupedSample, GroupedSample> harness = open(backend)) {
            for (int i = 0; i < 300; i++) {
                harness.process(sample("TENANT/t" + i, i));
            }
            own = ownGroups(harness.drain());
            snapshot = harness.snapshot();
        }
        Set<String> after = new HashSet<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (KeyedHarness<GroupedSample, GroupedSample> half =
                    KeyedHarness.restore(spec(backend), 2, subtask, snapshot)) {
                for (int i = 299; i >= 0; i--) {
                    GroupedSample again = sample("TENANT/t" + i, 1_000 + i);
                    if (SubtaskOfKey.of(bucketOf(again), 2) == subtask) {
                        half.process(again);
                    }
                }
                after.addAll(ownGroups(half.drain()));
            }
        }
        assertThat(after).isEqualTo(own);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aSilentValueGivesItsPlaceToAnotherAndNothingIsKeptForEver(Backend backend)
            throws Exception {
        try (KeyedHarness<GroupedSample, GroupedSample> harness = open(backend)) {
            for (int i = 0; i < 300; i++) {
                harness.process(sample("TENANT/t" + i, 0));
            }
            harness.drain();
            harness.watermark(TTL);
            harness.process(sample("TENANT/new", TTL));
            assertThat(ownGroups(harness.drain())).as("all places are kept so long").isEmpty();

            harness.watermark(TTL + TTL / 5);
            harness.process(sample("TENANT/new", TTL + TTL / 5));
            assertThat(ownGroups(harness.drain())).containsOnly("TENANT/new");

            harness.watermark(10 * TTL);
            harness.snapshot();
            assertThat(harness.stateEntries()).isZero();
            assertThat(harness.timers()).isZero();
        }
    }

    private static Set<String> ownGroups(List<GroupedSample> samples) {
        Set<String> groups = new HashSet<>();
        for (GroupedSample sample : samples) {
            if (!sample.folded()) {
                groups.add(sample.group());
            }
        }
        return groups;
    }

    private static GroupedSample sample(String group, long at) {
        return new GroupedSample(
                group, at, null, false, false, SlaOutcomes.completed("r", at).sample());
    }

    private static String bucketOf(GroupedSample sample) {
        return new SeriesCapFunction(CAP).bucketOf(sample);
    }

    private static KeyedHarness<GroupedSample, GroupedSample> open(Backend backend)
            throws Exception {
        return KeyedHarness.open(spec(backend));
    }

    private static KeyedHarness.Spec<GroupedSample, GroupedSample> spec(Backend backend) {
        return new KeyedHarness.Spec<>(
                () -> new SeriesCapFunction(CAP), SeriesCapFunctionTest::bucketOf, backend);
    }
}
