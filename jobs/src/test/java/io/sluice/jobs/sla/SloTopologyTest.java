package io.sluice.jobs.sla;

import io.sluice.core.latency.SeriesCap;
import io.sluice.core.slo.SlotScale;
import io.sluice.jobs.CheckpointSettings;
import io.sluice.jobs.JobEnvironment;
import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.state.AlertUpdate;
import io.sluice.jobs.state.CauseFactsState;
import io.sluice.jobs.state.CauseState;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.jobs.state.SloObjectiveState;
import io.sluice.jobs.state.SloReportState;
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

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Objectives through the real graph on a real cluster; only its topics are in memory. */
@Timeout(300)
class SloTopologyTest {

    private static final int PARALLELISM = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** A slot of a second: the windows are 30 s, 3 min, 6 min, 36 min and 7.2 h. */
    private static final long SLOT = 1_000;

    private static final long LEASE = 5_000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(PARALLELISM)
                            .build());

    private final Feed<Decoded<SlaOutcome>> outcomes = new Feed<>();
    private final Feed<WorkerFact> time = new Feed<>();
    private final Feed<Decoded<ObjectiveChange>> control = new Feed<>();
    private final Collected<SloStatusUpdate> statuses = new Collected<>();
    private final Collected<AlertUpdate> alerts = new Collected<>();
    private final Collected<DeadLetterRecord> deadLetters = new Collected<>();
    private JobClient job;

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anAlertOpensOnceThroughAFailureAndEndsInTheSilenceAfterIt(
            Backend backend, @InjectMiniCluster MiniCluster cluster) throws Exception {
        start(backend);
        control.append(List.of(change(objective("e2e", "ALL"), null, 1)));
        List<SlaOutcome> slow = slow(0, 60);

        appendWithTime(slow(0, 60));
        alerts.await(alert -> alert.kind().equals("OPENED"), PATIENCE);
        CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
        cluster.triggerCheckpoint(job.getJobID(), CheckpointType.FULL).get(120, TimeUnit.SECONDS);
        statuses.failNextWrite();
        appendWithTime(slow(60, 120));
        slow.addAll(slow(60, 120));
        outcomes.close();
        // Nothing ends any more, but time goes on.
        time.append(times(120, 3_000));
        alerts.await(alert -> isOf("TICKET", alert) && alert.kind().equals("RESOLVED"), PATIENCE);
        end();

        assertThat(statuses.failures()).as("the job did fail and recover").isEqualTo(1);
        for (String severity : List.of("PAGE", "TICKET")) {
            List<AlertUpdate> told =
                    alerts.records().stream().filter(alert -> isOf(severity, alert)).toList();
            assertThat(told.stream().map(AlertUpdate::alertId).distinct()).hasSize(1);
            assertThat(told.get(told.size() - 1).kind()).isEqualTo("RESOLVED");
        }
        assertThat(statuses.records())
                .filteredOn(status -> status.objective().id().equals("chat"))
                .isNotEmpty()
                .last()
                .satisfies(status -> assertCountedAs(slow, status.report()));
        assertThat(deadLetters.records()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void objectivesOfTheControlTopicAreAppliedOrRefusedWithTheReason(Backend backend)
            throws Exception {
        start(backend);
        control.append(
                List.of(
                        change(null, "unheard-of", 1),
                        change(objective("per-tenant", "TENANT"), null, 2),
                        change(null, "chat", 3)));
        deadLetters.await(letter -> letter.position().offset() == 1, PATIENCE);

        // Which second is the first that counts for it, depends on when the change arrives.
        long second = 0;
        while (!isShownSoon("per-tenant", "TENANT")) {
            appendWithTime(slow(second, ++second));
        }
        end();

        assertThat(deadLetters.records())
                .filteredOn(letter -> letter.failure().stage().equals(SloFanOutFunction.STAGE))
                .hasSize(1)
                .first()
                .satisfies(
                        letter ->
                                assertThat(letter.failure().message())
                                        .startsWith(
                                                "no objective 'unheard-of' is in force; there are: chat"));
        assertThat(isShown("per-tenant", "ALL")).isTrue();
        assertThat(statuses.records())
                .filteredOn(status -> !status.objective().id().equals("chat"))
                .allSatisfy(status -> assertThat(status.removed()).isFalse());
        assertThat(statuses.records())
                .filteredOn(status -> status.scope().equals("TENANT"))
                .allSatisfy(status -> assertThat(status.scopeValue()).isEqualTo("acme"));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anInstanceThatGoesSilentIsToldAsTheCause(Backend backend) throws Exception {
        start(backend);
        time.append(List.of(heartbeat("gpu-1", 0), heartbeat("gpu-2", 0)));
        for (long second = 0; second < 30; second++) {
            time.append(List.of(heartbeat("gpu-2", second * SLOT)));
            appendWithTime(slow(second, second + 1));
        }
        outcomes.close();
        time.append(times(30, 60));
        alerts.await(alert -> isOf("PAGE", alert) && !alert.causes().isEmpty(), PATIENCE);
        end();

        AlertUpdate told =
                alerts.records().stream()
                        .filter(alert -> !alert.causes().isEmpty())
                        .findFirst()
                        .get();
        assertThat(told.causes())
                .extracting(CauseState::kind, CauseState::instance, CauseState::sinceMillis)
                .containsExactly(tuple("INSTANCE_LOST", "gpu-1", 0L));
        assertThat(alerts.records().stream().filter(alert -> isOf("PAGE", alert)))
                .extracting(AlertUpdate::alertId)
                .containsOnly(told.alertId().replace("TICKET", "PAGE"));
    }

    private static WorkerFact heartbeat(String instance, long at) {
        return new WorkerFact(
                at, instance, new CauseFactsState(at, 1, false, 0, 0, 0, 0, 0, 0, 0, 0, 0), false);
    }

    private static List<WorkerFact> times(long fromSecond, long toSecond) {
        return LongStream.range(fromSecond, toSecond)
                .mapToObj(second -> WorkerFact.time(second * SLOT))
                .toList();
    }

    private boolean isShown(String objective, String scope) {
        return statuses.records().stream()
                .anyMatch(
                        status ->
                                status.objective().id().equals(objective)
                                        && status.scope().equals(scope));
    }

    private boolean isShownSoon(String objective, String scope) throws Exception {
        try {
            statuses.await(status -> isShown(objective, scope), Duration.ofMillis(100));
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    private static boolean isOf(String severity, AlertUpdate alert) {
        return alert.alert().severity().equals(severity)
                && alert.status().objective().id().equals("chat");
    }

    private static void assertCountedAs(List<SlaOutcome> all, SloReportState report) {
        long from = new SlotScale(SLOT).fromOf(report.period().windowMillis(), report.atMillis());
        long bad =
                all.stream()
                        .mapToLong(outcome -> outcome.position().timestampMillis())
                        .filter(at -> at >= from && at < report.atMillis())
                        .count();
        assertThat(report.period().bad()).isEqualTo(bad);
        assertThat(report.period().good()).isZero();
    }

    private void appendWithTime(List<SlaOutcome> appended) {
        outcomes.append(decoded(appended));
        time.append(
                appended.stream()
                        .map(outcome -> WorkerFact.time(outcome.position().timestampMillis()))
                        .toList());
    }

    /** Requests that miss a time to first token of 500 ms, ten each second. */
    private static List<SlaOutcome> slow(long fromSecond, long toSecond) {
        List<SlaOutcome> outcomes = new ArrayList<>();
        for (long at = fromSecond * SLOT; at < toSecond * SLOT; at += SLOT / 10) {
            outcomes.add(SlaOutcomes.of("r" + at, at, 1_000));
        }
        return outcomes;
    }

    private static List<Decoded<SlaOutcome>> decoded(List<SlaOutcome> outcomes) {
        return outcomes.stream().map(outcome -> Decoded.of(outcome.position(), outcome)).toList();
    }

    private static SloObjectiveState objective(String id, String per) {
        return new SloObjectiveState(id, "TTFT", 500, 0.9, 7_200_000, null, null, null, null, per);
    }

    private static Decoded<ObjectiveChange> change(
            @Nullable SloObjectiveState set, @Nullable String remove, long offset) {
        LogPosition position = new LogPosition("inference.control", 0, offset, 1);
        return Decoded.of(position, new ObjectiveChange(set, remove, position));
    }

    private void end() throws Exception {
        outcomes.close();
        time.close();
        control.close();
        job.getJobExecutionResult().get(120, TimeUnit.SECONDS);
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
                        new SlaWindowing(10_000, 60_000, 20, 3_600_000, List.of()),
                        new SeriesCap(100, 3_600_000),
                        Duration.ofHours(1),
                        new SloSettings(SLOT, 20, LEASE, List.of(objective("chat", "ALL"))),
                        new KafkaSettings("unused:9092", TopicPrefix.DEFAULT, Map.of()),
                        new CheckpointSettings(Duration.ofHours(1), false));
        JobEnvironment.configure(env, settings.checkpoints());
        SlaTopology.build(
                env,
                new SlaSources(
                        outcomes.source(TypeInformation.of(new TypeHint<>() {})),
                        time.source(TypeInformation.of(WorkerFact.class)),
                        control.source(TypeInformation.of(new TypeHint<>() {}))),
                new SlaSinks(
                        new Collected<SlaWindowUpdate>().sink(),
                        statuses.sink(),
                        alerts.sink(),
                        deadLetters.sink()),
                settings);
        job = env.executeAsync("slo-topology-test");
    }
}
