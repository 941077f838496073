package io.sluice.jobs.sla;

import io.sluice.core.latency.SeriesCap;
import io.sluice.core.latency.SlaAggregate;
import io.sluice.core.latency.SlaScope;
import io.sluice.core.latency.SlaSummary;
import io.sluice.jobs.CheckpointSettings;
import io.sluice.jobs.JobEnvironment;
import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.io.Failure;
import io.sluice.jobs.io.RawMessage;
import io.sluice.jobs.state.AlertUpdate;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.jobs.state.SloStatusUpdate;
import io.sluice.jobs.state.WorkerFact;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.Collected;
import io.sluice.jobs.testing.Feed;
import io.sluice.schemas.TopicPrefix;

import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The real graph on a real cluster in this process; only its topics are in memory. */
@Timeout(300)
class SlaTopologyTest {

    private static final int PARALLELISM = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int MAX_SERIES = 1_000;
    private static final SlaWindowing WINDOWING =
            new SlaWindowing(10_000, 60_000, 20, 3_600_000, List.of(20_000L, 60_000L));

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(PARALLELISM)
                            .build());

    private final Feed<Decoded<SlaOutcome>> feed = new Feed<>();
    private final Collected<SlaWindowUpdate> windows = new Collected<>();
    private final Collected<DeadLetterRecord> deadLetters = new Collected<>();
    private JobClient job;

    @ParameterizedTest
    @EnumSource(Backend.class)
    void windowsEqualARecomputationThroughDisorderRepetitionAndRecovery(
            Backend backend, @InjectMiniCluster MiniCluster cluster) throws Exception {
        List<SlaOutcome> outcomes = randomOutcomes(400);
        List<Decoded<SlaOutcome>> log = decoded(withRepetitions(disordered(outcomes)));
        int half = log.size() / 2;
        start(backend);

        feed.append(log.subList(0, half));
        windows.await(update -> true, PATIENCE);
        // A window of one subtask says nothing of the others, and a checkpoint needs all of them.
        CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
        cluster.triggerCheckpoint(job.getJobID(), CheckpointType.FULL).get(120, TimeUnit.SECONDS);
        windows.failNextWrite();
        feed.append(log.subList(half, log.size()));
        feed.close();
        job.getJobExecutionResult().get(120, TimeUnit.SECONDS);

        assertThat(windows.failures()).as("the job did fail and recover").isEqualTo(1);
        assertThat(publishedLast()).isEqualTo(recomputed(outcomes));
        assertThat(deadLetters.records()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatIsUnreadableOrTooLateBecomesADeadLetterAndStopsNothing(Backend backend)
            throws Exception {
        start(backend);
        LogPosition bad = new LogPosition("inference.outcomes", 3, 42, 1_500);
        RawMessage bytes = new RawMessage(null, new byte[] {1, 2}, Map.of("h", new byte[] {3}));
        feed.append(
                List.of(Decoded.failed(bad, bytes, new Failure("decode", "X", "too short", null))));
        feed.append(decoded(List.of(SlaOutcomes.completed("r1", 1_000))));
        feed.append(decoded(List.of(SlaOutcomes.completed("r2", 200_000))));
        // Log time reaches the subtasks one by one; a group is past the window when it says so.
        for (SlaScope scope : SlaScope.values()) {
            windows.await(update -> isComplete(update, scope), PATIENCE);
        }

        feed.append(decoded(List.of(SlaOutcomes.completed("r3", 2_000))));
        deadLetters.await(letter -> letter.position().timestampMillis() == 2_000, PATIENCE);
        feed.close();
        job.getJobExecutionResult().get(120, TimeUnit.SECONDS);

        assertThat(deadLetters.records())
                .hasSize(2)
                .anySatisfy(
                        letter -> {
                            assertThat(letter.position()).isEqualTo(bad);
                            assertThat(letter.raw()).usingRecursiveComparison().isEqualTo(bytes);
                            assertThat(letter.failure().message()).isEqualTo("too short");
                        });
        assertThat(publishedLast())
                .isEqualTo(
                        recomputed(
                                List.of(
                                        SlaOutcomes.completed("r1", 1_000),
                                        SlaOutcomes.completed("r2", 200_000))));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void thousandsOfTenantsHaveABoundedNumberOfWindowsAndNobodyIsLost(Backend backend)
            throws Exception {
        List<SlaOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            outcomes.add(SlaOutcomes.ofTenant("t" + i, "r" + i, 1_000 + i));
        }
        start(backend);
        feed.append(decoded(outcomes));
        feed.close();
        job.getJobExecutionResult().get(120, TimeUnit.SECONDS);

        Map<String, SlaWindowUpdate> last = new HashMap<>();
        for (SlaWindowUpdate update : windows.records()) {
            boolean minute = update.windowEndMillis() - update.windowStartMillis() == 60_000;
            if (minute && update.scope().equals(SlaScope.TENANT.name())) {
                last.put(update.scopeValue(), update);
            }
        }
        assertThat(last).hasSizeBetween(MAX_SERIES * 9 / 10, MAX_SERIES + 1);
        long counted = last.values().stream().mapToLong(window -> completed(window)).sum();
        assertThat(counted).isEqualTo(5_000);
        SlaWindowUpdate other = last.get(SeriesCap.OTHER);
        assertThat(other.aggregate().folded()).isEqualTo(5_000 - (last.size() - 1));
        assertThat(completed(other)).isEqualTo(other.aggregate().folded());
        assertThat(deadLetters.records()).isEmpty();
    }

    private static long completed(SlaWindowUpdate window) {
        return window.aggregate().outcomes().getOrDefault("Completed", 0L);
    }

    private static boolean isComplete(SlaWindowUpdate update, SlaScope scope) {
        return update.windowStartMillis() == 0
                && update.complete()
                && update.scope().equals(scope.name());
    }

    @AfterEach
    void cancelWhatATestLeftRunning() throws Exception {
        if (job != null && !job.getJobExecutionResult().isDone()) {
            job.cancel().get(120, TimeUnit.SECONDS);
        }
    }

    private void start(Backend backend) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend.configurationName());
        env.configure(configuration);
        env.setParallelism(PARALLELISM);
        SlaSettings settings =
                new SlaSettings(
                        WINDOWING,
                        new SeriesCap(MAX_SERIES, 3_600_000),
                        // A reader without a split has ended, and with it its log time: were the
                        // other one idle, that end would be the time of the job.
                        Duration.ofHours(1),
                        new SloSettings(10_000, 20, 5_000, List.of()),
                        new KafkaSettings("unused:9092", TopicPrefix.DEFAULT, Map.of()),
                        // The test takes its checkpoints itself.
                        new CheckpointSettings(Duration.ofHours(1), false));
        JobEnvironment.configure(env, settings.checkpoints());
        SlaTopology.build(
                env,
                new SlaSources(
                        feed.source(TypeInformation.of(new TypeHint<>() {})),
                        Feed.<WorkerFact>ended().source(TypeInformation.of(WorkerFact.class)),
                        Feed.<Decoded<ObjectiveChange>>ended()
                                .source(TypeInformation.of(new TypeHint<>() {}))),
                new SlaSinks(
                        windows.sink(),
                        new Collected<SloStatusUpdate>().sink(),
                        new Collected<AlertUpdate>().sink(),
                        deadLetters.sink()),
                settings);
        job = env.executeAsync("sla-topology-test");
    }

    /** The last value published for each window and group. */
    private Map<String, SlaSummary> publishedLast() {
        Map<String, SlaSummary> last = new HashMap<>();
        for (SlaWindowUpdate update : windows.records()) {
            long start = update.windowStartMillis();
            long length = update.windowEndMillis() - start;
            String key = key(start, length, update.scope(), update.scopeValue());
            SlaSummary summary = SlaStateMapping.summary(update.aggregate());
            if (summary.requests() > 0) {
                last.put(key, summary);
            }
        }
        return last;
    }

    /** The same, added up naively. */
    private static Map<String, SlaSummary> recomputed(List<SlaOutcome> outcomes) {
        Map<String, SlaAggregate> groups = new HashMap<>();
        for (SlaOutcome outcome : outcomes) {
            for (long length : List.of(10_000L, 20_000L, 60_000L)) {
                long start = outcome.position().timestampMillis() / length * length;
                for (SlaScope scope : SlaScope.values()) {
                    scope.valueOf(SlaStateMapping.labels(outcome))
                            .ifPresent(
                                    value ->
                                            groups.computeIfAbsent(
                                                            key(start, length, scope.name(), value),
                                                            key -> new SlaAggregate())
                                                    .add(SlaStateMapping.sample(outcome.sample())));
                }
            }
        }
        Map<String, SlaSummary> summaries = new HashMap<>();
        groups.forEach((key, aggregate) -> summaries.put(key, aggregate.summary()));
        return summaries;
    }

    private static String key(long start, long length, String scope, String value) {
        return start + "+" + length + "/" + scope + "/" + value;
    }

    private static List<SlaOutcome> randomOutcomes(int count) {
        Random random = new Random(7);
        List<SlaOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long appendedAt = 250L * i;
            outcomes.add(
                    random.nextInt(10) == 0
                            ? SlaOutcomes.expired("r" + i, appendedAt)
                            : SlaOutcomes.of("r" + i, appendedAt, 1_000 * random.nextDouble()));
        }
        return outcomes;
    }

    /** Shuffles within stretches that are shorter than the allowed lateness. */
    private static List<SlaOutcome> disordered(List<SlaOutcome> outcomes) {
        Random random = new Random(8);
        List<SlaOutcome> disordered = new ArrayList<>(outcomes);
        int stretch = 200;
        for (int i = 0; i + stretch <= disordered.size(); i += stretch) {
            Collections.shuffle(disordered.subList(i, i + stretch), random);
        }
        return disordered;
    }

    private static List<SlaOutcome> withRepetitions(List<SlaOutcome> outcomes) {
        List<SlaOutcome> repeated = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            repeated.add(outcomes.get(i));
            if (i % 7 == 3) {
                SlaOutcome earlier = outcomes.get(i / 2);
                repeated.add(
                        SlaOutcomes.again(
                                earlier, outcomes.get(i).position().timestampMillis() + 1));
            }
        }
        return repeated;
    }

    private static List<Decoded<SlaOutcome>> decoded(List<SlaOutcome> outcomes) {
        return outcomes.stream().map(outcome -> Decoded.of(outcome.position(), outcome)).toList();
    }
}
