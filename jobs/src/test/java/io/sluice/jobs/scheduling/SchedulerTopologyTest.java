package io.sluice.jobs.scheduling;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.jobs.CheckpointSettings;
import io.sluice.jobs.JobEnvironment;
import io.sluice.jobs.epoch.EpochSource;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.EndNotice;
import io.sluice.jobs.flow.PolicyAnnouncement;
import io.sluice.jobs.flow.ReleaseMessage;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.state.EncodedOutcome;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.Collected;
import io.sluice.jobs.testing.MemoryFleet;
import io.sluice.jobs.testing.MemoryTicks;
import io.sluice.jobs.testing.MemoryTopic;
import io.sluice.jobs.testing.TransactionalTopic;
import io.sluice.sim.worker.DispatchId;

import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CheckpointException;
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

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real graph on a real cluster in this process; its topics are in memory, its workers outlive
 * it. Task managers are killed while requests are on their way.
 */
@Timeout(300)
class SchedulerTopologyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PER_ROUND = 60;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private static int killed;

    private final Users users = new Users();
    private final MemoryTopic<Release> handBacks = new MemoryTopic<>("handbacks");
    private final MemoryTopic<WorkerLogRecord> workerEvents = new MemoryTopic<>("worker-events");
    private final MemoryFleet fleet = new MemoryFleet(workerEvents, capacities());
    private final Collected<CommandMessage> commands = new Collected<>(fleet::take);
    private final Collected<ReleaseMessage> releases =
            new Collected<>(release -> handBacks.append(release.release()));
    private final Collected<DecisionMessage> decisions = new Collected<>();
    private final Collected<PolicyAnnouncement> announced = new Collected<>();
    private final Collected<DeadLetterRecord> deadLetters = new Collected<>();
    private final MemoryTopic<EndNotice> ends = new MemoryTopic<>("outcomes");
    private final TransactionalTopic<EncodedOutcome> outcomes =
            new TransactionalTopic<>(outcome -> ends.append(notice(outcome)));
    private MiniCluster cluster;
    private JobClient job;

    @ParameterizedTest
    @EnumSource(Backend.class)
    void everyRequestHasOneOutcomeAndRunsOnceThoughTaskManagersDie(
            Backend backend, @InjectMiniCluster MiniCluster injected) throws Exception {
        cluster = injected;
        start(backend);
        submitAndAwaitSome();

        crash(fleet::letGo, () -> {});
        crash(() -> {}, fleet::letGo);

        awaitOutcomes();
        assertThat(epochs()).as("attempts of the job").hasSize(3);
        assertThatTheLawHolds();
    }

    /**
     * Takes a checkpoint, lets requests run after it, and kills a task manager while others run.
     *
     * @param duringTheOutage what happens to the workers, whose runs do not end, before the job is
     *     back
     * @param afterwards what happens to them when it is
     */
    private void crash(Runnable duringTheOutage, Runnable afterwards) throws Exception {
        checkpoint();
        submitAndAwaitSome();
        fleet.hold();
        users.submitAndDisturb(PER_ROUND);
        fleet.await(f -> f.running() > 0, PATIENCE);
        long epoch = Collections.max(epochs());
        killATaskManager();
        duringTheOutage.run();
        commands.await(command -> command.address().epoch() > epoch, PATIENCE);
        afterwards.run();
    }

    private void submitAndAwaitSome() throws Exception {
        int before = fleet.completed().size();
        users.submitAndDisturb(PER_ROUND);
        fleet.await(f -> f.completed().size() >= before + PER_ROUND / 4, PATIENCE);
    }

    private static Map<String, InstanceCapacity> capacities() {
        Map<String, InstanceCapacity> capacities = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            capacities.put(
                    "gpu-" + i,
                    new InstanceCapacity(List.of("m"), 2 + i, 100_000, 8_000, 0, 0, 0.1, 10));
        }
        return capacities;
    }

    private void start(Backend backend) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        // The test takes its checkpoints itself.
        JobEnvironment.configure(env, new CheckpointSettings(Duration.ofHours(1), false));
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend.configurationName());
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofMillis(10));
        env.configure(configuration);
        SchedulerTopology.build(env, sources(), sinks(), settings(), encoder());
        job = env.executeAsync("scheduler-topology-test");
    }

    private SchedulerSources sources() {
        return new SchedulerSources(
                users.requests().source(TypeInformation.of(new TypeHint<>() {})),
                users.control().source(TypeInformation.of(new TypeHint<>() {})),
                handBacks.source(TypeInformation.of(new TypeHint<>() {})),
                workerEvents.source(TypeInformation.of(new TypeHint<>() {})),
                ends.source(TypeInformation.of(new TypeHint<>() {})),
                new EpochSource(Clock.systemUTC(), MemoryTicks.factory(workerEvents)));
    }

    private SchedulerSinks sinks() {
        return new SchedulerSinks(
                commands.sink(),
                releases.sink(),
                outcomes.sink(),
                decisions.sink(),
                announced.sink(),
                deadLetters.sink());
    }

    /**
     * A lease that no test is long enough to end: workers and their log are never at fault here.
     */
    private static SchedulingSettings settings() {
        return new SchedulingSettings(
                Scenario.SETTINGS.policies(),
                16,
                3_600_000,
                3,
                30_000,
                3_600_000,
                60_000,
                10,
                256,
                100,
                1);
    }

    private static OutcomeEncoder encoder() {
        return (settled, checkpointId) ->
                new EncodedOutcome(
                        settled.key().scoped().getBytes(StandardCharsets.UTF_8),
                        "%s %s/%d"
                                .formatted(settled.outcome(), settled.key(), settled.attempt())
                                .getBytes(StandardCharsets.UTF_8),
                        checkpointId);
    }

    private static EndNotice notice(EncodedOutcome outcome) {
        RequestKey key = RequestKey.parse(new String(outcome.key(), StandardCharsets.UTF_8));
        String how = new String(outcome.value(), StandardCharsets.UTF_8).split(" ")[0];
        return new EndNotice(
                key,
                Users.workflowOf(key),
                how.equals(Outcome.COMPLETED.name()) ? null : how,
                Clock.systemUTC().millis());
    }

    private void awaitAllTasks() throws Exception {
        CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), true);
    }

    /** Takes a checkpoint; one that a task declines, as while it starts or ends, is tried again. */
    private void checkpoint() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean done = false;
        while (!done) {
            awaitAllTasks();
            try {
                cluster.triggerCheckpoint(job.getJobID(), CheckpointType.FULL)
                        .get(120, TimeUnit.SECONDS);
                done = true;
            } catch (ExecutionException e) {
                boolean declined = e.getCause() instanceof CheckpointException;
                if (!declined || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    /**
     * The cluster numbers task managers from the first it ever had; the job needs all that live.
     */
    private void killATaskManager() throws Exception {
        cluster.terminateTaskManager(killed++).get(120, TimeUnit.SECONDS);
        cluster.startTaskManager();
    }

    /** Outcomes become visible with checkpoints. */
    private void awaitOutcomes() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (visible().size() < users.submitted().size() && System.nanoTime() < deadline) {
            checkpoint();
        }
    }

    private Map<RequestKey, List<String>> visible() {
        Map<RequestKey, List<String>> visible = new HashMap<>();
        for (EncodedOutcome outcome : outcomes.visible()) {
            RequestKey key = RequestKey.parse(new String(outcome.key(), StandardCharsets.UTF_8));
            visible.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(new String(outcome.value(), StandardCharsets.UTF_8));
        }
        return visible;
    }

    /** Epochs of the commands; one that left before its lane had heard of any epoch has 0. */
    private Set<Long> epochs() {
        Set<Long> epochs = new HashSet<>();
        commands.records().forEach(command -> epochs.add(command.address().epoch()));
        epochs.remove(0L);
        return epochs;
    }

    private void assertThatTheLawHolds() {
        Map<RequestKey, List<String>> visible = visible();
        assertThat(visible.keySet()).as("requests with an outcome").isEqualTo(users.submitted());
        assertThat(visible.values())
                .as("one outcome for each, though it may be written twice")
                .allSatisfy(written -> assertThat(new HashSet<>(written)).hasSize(1));

        assertThat(fleet.wrongs()).isEmpty();
        assertThat(fleet.completed().stream().map(DispatchId::key))
                .as("completed runs: one for each request")
                .doesNotHaveDuplicates();
        assertThatCompletionsAreTold(visible);
        assertThatTheOrderOfWorkflowsIsKept(visible);
        assertThat(deadLetters.records()).isEmpty();
    }

    /** A run counts, unless its request was cancelled while the job did not know that it ran. */
    private void assertThatCompletionsAreTold(Map<RequestKey, List<String>> visible) {
        Set<String> ran = new HashSet<>();
        Set<String> ranAndNobodyCancelled = new HashSet<>();
        for (DispatchId id : fleet.completed()) {
            String outcome = Outcome.COMPLETED + " " + id;
            ran.add(outcome);
            if (!users.cancelled().contains(id.key())) {
                ranAndNobodyCancelled.add(outcome);
            }
        }
        Set<String> told = new HashSet<>();
        visible.values().forEach(written -> told.add(written.get(0)));
        told.removeIf(outcome -> !outcome.startsWith(Outcome.COMPLETED + " "));
        assertThat(ran).as("completed runs").containsAll(told);
        assertThat(told).as("outcomes of completed runs").containsAll(ranAndNobodyCancelled);
    }

    /** Who ran had waited; who was refused had a reason; and both have happened. */
    private void assertThatTheOrderOfWorkflowsIsKept(Map<RequestKey, List<String>> visible) {
        List<RequestKey> ran = fleet.completed().stream().map(DispatchId::key).toList();
        Set<RequestKey> refused = new HashSet<>();
        visible.forEach(
                (key, written) -> {
                    if (written.get(0).startsWith(Outcome.REJECTED_DEPENDENCY.name())) {
                        refused.add(key);
                    }
                });
        users.edges()
                .forEach(
                        (key, predecessors) -> {
                            if (ran.contains(key)) {
                                assertThat(ran.subList(0, ran.indexOf(key)))
                                        .as("what ran before %s", key)
                                        .containsAll(predecessors);
                            }
                        });
        assertThat(users.edges().keySet()).containsAll(refused);
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(
                        key ->
                                assertThat(users.edges().get(key))
                                        .as("predecessors of %s", key)
                                        .anyMatch(it -> !completed(visible, it)));
        assertThat(users.edges().keySet()).as("some waited and ran").anyMatch(ran::contains);
    }

    private static boolean completed(Map<RequestKey, List<String>> visible, RequestKey key) {
        return visible.get(key).get(0).startsWith(Outcome.COMPLETED.name());
    }

    @AfterEach
    void stop() throws Exception {
        if (job != null && !job.getJobExecutionResult().isDone()) {
            job.cancel().get(120, TimeUnit.SECONDS);
        }
        fleet.close();
    }
}
