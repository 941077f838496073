package io.sluice.core.kernel.law;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.kernel.law.Topics.Control;
import io.sluice.core.kernel.law.Topics.LogRecord;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job attempt after another: sources with offsets, one router, one lane for each instance, and
 * the channels between them, each in order and all independent of each other. A checkpoint is a cut
 * through all of it. Outcomes are written in transactions, so a crash takes back what came after
 * the checkpoint; other outputs stay.
 */
final class Job {

    /** What a checkpoint holds. */
    private record Checkpoint(
            Map<String, Integer> offsets,
            Map<String, List<Runnable>> channels,
            Map<String, LaneTask.Snapshot> lanes,
            RouteTask.Snapshot route,
            List<SettledRequest> settled,
            int handBacks,
            Map<String, Integer> dispatches) {}

    private final Topics topics;
    private final List<String> instances;
    private final Map<String, Integer> offsets = new TreeMap<>();
    private final Map<String, Deque<Runnable>> channels = new TreeMap<>();
    private final Map<String, LaneTask> lanes = new TreeMap<>();
    private final RouteTask route;
    private final List<SettledRequest> settled = new ArrayList<>();
    private final Set<RequestKey> settledKeys = new HashSet<>();

    private Checkpoint checkpoint;
    private final Map<String, Integer> logsRead = new HashMap<>();
    private int handBacksRead;
    private long epoch = 1;
    private long now;

    Job(Topics topics, List<String> instances, LaneSettings settings) {
        this.topics = topics;
        this.instances = instances;
        this.route = new RouteTask(settings, instances.size(), this::carryOut);
        for (String source : List.of("requests", "control", "handBacks")) {
            offsets.put(source, 0);
        }
        for (String instance : instances) {
            offsets.put("log " + instance, 0);
            lanes.put(instance, new LaneTask(instance, settings, e -> carryOut(instance, e)));
        }
        checkpoint(true);
        begin();
    }

    private void begin() {
        topics.tick(epoch, now);
        long begun = epoch;
        channel("epoch to route").add(() -> route.startEpoch(begun));
        for (String instance : instances) {
            channel("epoch to " + instance).add(() -> lanes.get(instance).startEpoch(begun, now));
        }
    }

    private Deque<Runnable> channel(String name) {
        return channels.computeIfAbsent(name, n -> new ArrayDeque<>());
    }

    long epoch() {
        return epoch;
    }

    List<SettledRequest> settled() {
        return settled;
    }

    // What may happen next. The number picks among what there is.

    /** Reads some records of one source. */
    void read(int pick, int count) {
        List<String> sources = List.copyOf(offsets.keySet());
        String source = sources.get(pick % sources.size());
        int end = (int) Math.min(sizeOf(source), (long) offsets.get(source) + count);
        while (offsets.get(source) < end) {
            readOne(source);
        }
    }

    private void readOne(String source) {
        int offset = offsets.merge(source, 1, Integer::sum) - 1;
        switch (source) {
            case "requests" -> route.submit(topics.requests.get(offset), now);
            case "control" -> control(topics.control.get(offset));
            case "handBacks" -> {
                handBacksRead = Math.max(handBacksRead, offset + 1);
                route.released(topics.handBacks.get(offset), now);
            }
            default -> fanOut(source.substring("log ".length()), offset);
        }
    }

    private int sizeOf(String source) {
        return switch (source) {
            case "requests" -> topics.requests.size();
            case "control" -> topics.control.size();
            case "handBacks" -> topics.handBacks.size();
            default -> topics.workerLog.get(source.substring("log ".length())).size();
        };
    }

    private void control(Control event) {
        if (event instanceof Control.Cancel cancel) {
            route.cancel(cancel.key(), now);
        } else if (event instanceof Control.Reprioritise change) {
            route.reprioritise(change.key(), change.priority());
        } else if (event instanceof Control.Drain drain) {
            String instance = drain.instanceId();
            channel("control to " + instance)
                    .add(() -> lanes.get(instance).lane().drain(instance, drain.draining(), now));
        }
    }

    /** A report stands in its log once more, some records after the first time. */
    void repeatReport(String instance, int pick) {
        List<LogRecord> log = topics.workerLog.get(instance);
        log.add(log.get(log.size() - 1 - pick % Math.min(4, log.size())));
    }

    /** The two last records that nobody has read have come in the wrong order. */
    void swapReports(String instance) {
        List<LogRecord> log = topics.workerLog.get(instance);
        int last = log.size() - 1;
        if (last - 1 >= logsRead.getOrDefault(instance, 0)) {
            Collections.swap(log, last - 1, last);
        }
    }

    /** Each record goes to its lane and to the router, by two channels. */
    private void fanOut(String instance, int offset) {
        logsRead.merge(instance, offset + 1, Math::max);
        LogRecord record = topics.workerLog.get(instance).get(offset);
        int partition = instances.indexOf(instance);
        if (record instanceof LogRecord.Tick tick) {
            channel("log to " + instance)
                    .add(() -> lanes.get(instance).logReached(tick.logMillis()));
            channel("log of %s to route".formatted(instance))
                    .add(() -> route.tick(tick, partition));
        } else if (record instanceof LogRecord.Report report) {
            channel("log to " + instance)
                    .add(() -> lanes.get(instance).lane().report(report.report(), now));
            channel("log of %s to route".formatted(instance))
                    .add(() -> route.report(report.report(), now));
        }
    }

    /** Delivers some messages of one channel. */
    void deliver(int pick, int count) {
        List<String> names = List.copyOf(channels.keySet());
        String name = names.get(pick % names.size());
        LaneTask receiver = lanes.get(name.substring(name.lastIndexOf(' ') + 1));
        Deque<Runnable> channel = channels.get(name);
        for (int i = 0; i < count && !channel.isEmpty(); i++) {
            channel.removeFirst().run();
            if (receiver != null) {
                afterInput(receiver);
            }
        }
    }

    private void afterInput(LaneTask lane) {
        lane.assertNotIdle();
        lane.forgetIfPossible(epoch, now);
    }

    /** Time has come to now; timers fire. */
    void reach(long millis) {
        now = millis;
        route.wakeup(now);
        for (LaneTask lane : lanes.values()) {
            lane.wakeupIfDue(now);
            afterInput(lane);
        }
    }

    /** Drops a lane's object from memory. */
    void rebuild(int pick) {
        lanes.get(instances.get(pick % instances.size())).rebuild(epoch, now);
    }

    private void carryOut(String lane, LaneEffect effect) {
        if (effect instanceof LaneEffect.Command command) {
            topics.dispatch.get(lane).add(command);
        } else if (effect instanceof LaneEffect.Released released) {
            topics.handBacks.add(released.release());
        }
    }

    private void carryOut(RouterEffect effect) {
        if (effect instanceof RouterEffect.Settled done) {
            assertThat(settledKeys.add(done.outcome().key()))
                    .as("second outcome %s", done)
                    .isTrue();
            settled.add(done.outcome());
        } else if (effect instanceof RouterEffect.ToLane toLane) {
            LaneTask task = lanes.get(toLane.instanceId());
            channel("route to " + toLane.instanceId()).add(() -> toLane(task, toLane));
        } else if (effect instanceof RouterEffect.Postponed postponed) {
            topics.handBacks.add(postponed.release());
        } else if (effect instanceof RouterEffect.TooLate) {
            throw new AssertionError("nothing is late here: " + effect);
        }
    }

    private void toLane(LaneTask task, RouterEffect.ToLane effect) {
        if (effect instanceof RouterEffect.Assign assign) {
            task.lane().assign(assign.request(), assign.attempt(), now);
        } else if (effect instanceof RouterEffect.CancelAt cancel) {
            task.lane().cancel(cancel.key(), cancel.attempt(), cancel.reason(), now);
        } else if (effect instanceof RouterEffect.RevalueAt at) {
            task.lane()
                    .revalue(at.key(), at.attempt(), at.priority(), at.criticalPathMillis(), now);
        } else if (effect instanceof RouterEffect.RecheckAt recheck) {
            task.lane().recheck(recheck.release(), now);
        }
    }

    /**
     * Takes a checkpoint.
     *
     * @param aligned whether what is between tasks arrives first; else it is part of the checkpoint
     */
    void checkpoint(boolean aligned) {
        if (aligned) {
            deliverAll();
        }
        Map<String, List<Runnable>> inFlight = new HashMap<>();
        channels.forEach((name, queue) -> inFlight.put(name, List.copyOf(queue)));
        Map<String, LaneTask.Snapshot> snapshots = new HashMap<>();
        lanes.forEach((name, lane) -> snapshots.put(name, lane.snapshot()));
        Map<String, Integer> dispatches = new HashMap<>();
        topics.dispatch.forEach((name, topic) -> dispatches.put(name, topic.size()));
        checkpoint =
                new Checkpoint(
                        new TreeMap<>(offsets),
                        inFlight,
                        snapshots,
                        route.snapshot(),
                        List.copyOf(settled),
                        topics.handBacks.size(),
                        dispatches);
    }

    /**
     * The job dies and comes back from its latest checkpoint.
     *
     * @param flushed whether what it wrote since has reached Kafka; what has been read has
     * @param commandsRead how many commands each worker has read
     */
    void crash(boolean flushed, Map<String, Integer> commandsRead) {
        if (!flushed) {
            Topics.lose(topics.handBacks, Math.max(checkpoint.handBacks(), handBacksRead));
            topics.dispatch.forEach(
                    (name, topic) ->
                            Topics.lose(
                                    topic,
                                    Math.max(
                                            checkpoint.dispatches().get(name),
                                            commandsRead.get(name))));
        }
        offsets.putAll(checkpoint.offsets());
        channels.clear();
        checkpoint.channels().forEach((name, queue) -> channel(name).addAll(queue));
        channels.keySet().removeIf(name -> name.startsWith("epoch to "));
        checkpoint.lanes().forEach((name, snapshot) -> lanes.get(name).restore(snapshot));
        route.restore(checkpoint.route());
        settled.clear();
        settled.addAll(checkpoint.settled());
        settledKeys.clear();
        settled.forEach(outcome -> settledKeys.add(outcome.key()));
        epoch++;
        begin();
    }

    /** Reads and delivers everything that there is. */
    void catchUp() {
        for (int i = 0; i < offsets.size(); i++) {
            read(i, Integer.MAX_VALUE);
        }
        deliverAll();
    }

    private void deliverAll() {
        while (channels.values().stream().anyMatch(channel -> !channel.isEmpty())) {
            for (int i = 0; i < channels.size(); i++) {
                deliver(i, Integer.MAX_VALUE);
            }
        }
    }

    void assertAtRest() {
        for (LaneTask lane : lanes.values()) {
            assertThat(lane.entries()).as("entries left in a lane").isZero();
            assertThat(lane.lane().queueLength() + lane.lane().inFlight()).isZero();
        }
        instances.forEach(i -> assertThat(route.workOn(i)).isLessThan(1e-6));
    }

    @Override
    public String toString() {
        return "epoch %d, %s".formatted(epoch, route);
    }
}
