package io.sluice.core.kernel.law;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.law.FakeWorker.End;
import io.sluice.core.kernel.law.Topics.Control;
import io.sluice.core.kernel.law.Topics.LogRecord;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.testing.Capacities;
import io.sluice.core.testing.RequestBuilder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** Users, a job and its workers on one clock, moved on step by step in any order. */
final class World {

    private static final List<String> INSTANCES = List.of("gpu-0", "gpu-1", "gpu-2");
    private static final int[] PLACES = {1, 2, 4};
    private static final int[] CACHES = {300, 400, 1_000};

    private final Topics topics = new Topics(INSTANCES);
    private final Map<String, FakeWorker> workers = new TreeMap<>();
    private final Map<String, Integer> commandsRead = new HashMap<>();
    private final Set<RequestKey> submitted = new HashSet<>();
    private final Job job;
    private final boolean aligned;
    private long now = 1_000_000;

    /**
     * Begins.
     *
     * @param settings of every lane
     * @param aligned whether checkpoints are; if not, a job that was taken back may send again what
     *     has ended since, and it is for the worker to notice
     */
    World(LaneSettings settings, boolean aligned) {
        this.aligned = aligned;
        job = new Job(topics, INSTANCES, settings);
        for (int i = 0; i < INSTANCES.size(); i++) {
            String instance = INSTANCES.get(i);
            FakeWorker worker =
                    new FakeWorker(
                            instance,
                            Capacities.onPartition(i, PLACES[i], CACHES[i]),
                            aligned,
                            report ->
                                    topics.workerLog
                                            .get(instance)
                                            .add(new LogRecord.Report(report)));
            workers.put(instance, worker);
            commandsRead.put(instance, 0);
            worker.start(now);
        }
        job.reach(now);
    }

    void take(Step step) {
        switch (step.kind()) {
            case SUBMIT -> submit(step);
            case SUBMIT_AGAIN -> submitAgain(step);
            case CANCEL -> topics.control.add(new Control.Cancel(someKey(step)));
            case REPRIORITISE ->
                    topics.control.add(
                            new Control.Reprioritise(someKey(step), step.size() % 6 - 1));
            case DRAIN ->
                    topics.control.add(new Control.Drain(someInstance(step), step.size() % 2 == 0));
            case READ -> job.read(step.pick(), 1 + step.size() % 8);
            case DELIVER -> job.deliver(step.pick(), 1 + step.size() % 8);
            case GO_ON -> goOn();
            case COMMAND -> command(someInstance(step), 1 + step.size() % 4);
            case END -> end(step);
            case TIME -> pass(step.pick() % 10 == 0 ? 6_000 : 1 + step.size());
            case CHECKPOINT -> job.checkpoint(aligned);
            case CRASH -> job.crash(step.size() % 3 > 0, commandsRead);
            case REBUILD -> job.rebuild(step.pick());
            case KILL_WORKER -> workers.get(someInstance(step)).kill();
            case START_WORKER -> restart(workers.get(someInstance(step)));
            case REPEAT_REPORT -> job.repeatReport(someInstance(step), step.size());
            case SWAP_REPORTS -> job.swapReports(someInstance(step));
        }
    }

    private static String someInstance(Step step) {
        return INSTANCES.get(step.pick() % INSTANCES.size());
    }

    /** One that was submitted, or the next, or the one after it. */
    private RequestKey someKey(Step step) {
        return key("r" + step.pick() % (submitted.size() + 2));
    }

    private void submit(Step step) {
        RequestBuilder builder =
                request("r" + submitted.size())
                        .submittedAt(now)
                        .priority(step.pick() % 6 - 1)
                        .tokens(1 + step.size() * 7 % 160, step.size() % 5 * 40);
        if (step.pick() % 4 == 0) {
            builder.deadline(now + 500 + step.size() * 23 % 9_000);
        } else if (step.pick() % 4 == 1) {
            builder.expiresAt(now + step.size() * 29 % 5_000);
        }
        PendingRequest request = builder.build();
        submitted.add(request.key());
        topics.requests.add(request);
    }

    private void submitAgain(Step step) {
        if (!topics.requests.isEmpty()) {
            topics.requests.add(topics.requests.get(step.pick() % topics.requests.size()));
        }
    }

    private void command(String instance, int count) {
        List<LaneEffect.Command> commands = topics.dispatch.get(instance);
        for (int i = 0; i < count && commandsRead.get(instance) < commands.size(); i++) {
            int offset = commandsRead.merge(instance, 1, Integer::sum) - 1;
            workers.get(instance).take(commands.get(offset), now);
        }
    }

    private void end(Step step) {
        FakeWorker worker = workers.get(someInstance(step));
        List<FakeWorker.Id> running = worker.running();
        if (worker.isAlive() && !running.isEmpty()) {
            End[] ends = {
                End.COMPLETED, End.COMPLETED, End.FAILED, End.FAILED_FOR_GOOD, End.GIVEN_BACK
            };
            worker.end(
                    running.get(step.size() % running.size()),
                    ends[step.size() / 7 % ends.length],
                    now);
        }
    }

    private void restart(FakeWorker worker) {
        worker.kill();
        worker.start(now);
    }

    private void pass(long millis) {
        for (long left = millis; left > 0; left -= 500) {
            now += Math.min(left, 500);
            topics.tick(job.epoch(), now);
            workers.values().forEach(worker -> worker.heartbeat(now));
            job.reach(now);
        }
    }

    /** Nothing more goes wrong, and every run completes. */
    void comeToRest() {
        workers.values().stream().filter(worker -> !worker.isAlive()).forEach(this::restart);
        INSTANCES.forEach(instance -> topics.control.add(new Control.Drain(instance, false)));
        for (int round = 0; round < 200 && job.settled().size() < submitted.size(); round++) {
            goOnAndComplete();
        }
        for (int round = 0; round < 10; round++) {
            goOnAndComplete();
        }
    }

    private void goOnAndComplete() {
        goOn();
        for (FakeWorker worker : workers.values()) {
            worker.running().forEach(id -> worker.end(id, End.COMPLETED, now));
        }
        pass(500);
    }

    /** Everything that is on its way arrives, and what follows from it as well. */
    private void goOn() {
        for (int round = 0; round < 3; round++) {
            job.catchUp();
            INSTANCES.forEach(instance -> command(instance, Integer.MAX_VALUE));
        }
        job.catchUp();
        pass(20);
    }

    void assertTheLawHolds() {
        List<RequestKey> keys = new ArrayList<>();
        job.settled().forEach(outcome -> keys.add(outcome.key()));
        assertThat(keys).as("outcomes; %s", job).doesNotHaveDuplicates();
        assertThat(keys)
                .as("one outcome for each request; %s", job)
                .filteredOn(submitted::contains)
                .containsExactlyInAnyOrderElementsOf(submitted);
        assertThat(submitted).as("outcomes of requests only; %s", job).containsAll(keys);
        for (SettledRequest outcome : job.settled()) {
            if (outcome.outcome() == Outcome.COMPLETED) {
                assertThat(workers.get(outcome.instanceId()).completed())
                        .contains(new FakeWorker.Id(outcome.key(), outcome.attempt()));
            }
        }
        job.assertAtRest();
    }

    /** Each request completed at most once, and one that completed has that outcome. */
    void assertNothingWasWasted() {
        Map<RequestKey, Integer> completions = new HashMap<>();
        for (FakeWorker worker : workers.values()) {
            worker.completed().forEach(id -> completions.merge(id.key(), 1, Integer::sum));
        }
        assertThat(completions.values()).as("completions %s", completions).allMatch(n -> n == 1);
        for (SettledRequest outcome : job.settled()) {
            if (completions.containsKey(outcome.key())) {
                assertThat(outcome.outcome())
                        .as("outcome of %s, which completed", outcome.key())
                        .isEqualTo(Outcome.COMPLETED);
            }
        }
    }
}
