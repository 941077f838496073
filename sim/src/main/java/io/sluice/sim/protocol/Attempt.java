package io.sluice.sim.protocol;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.WorkerReport;
import io.sluice.sim.worker.Reports;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One attempt of the job: its subtasks, from a checkpoint until a crash. */
final class Attempt {

    private static final long BARRIER_SPREAD_MILLIS = 40;

    private final World world;
    private final Checkpoints.@Nullable Completed from;
    private final Checkpoints checkpoints;
    private final List<Source<?>> sources = new ArrayList<>();
    private final List<LaneTask> lanes = new ArrayList<>();
    private final List<RouteTask> routes = new ArrayList<>();
    private final GateTask gate;
    private final SettleTask settle;
    private final PolicyTask policies;
    private final List<Source<?>> handbackSources = new ArrayList<>();
    private final EpochSource epochSource;
    private boolean running = true;
    private final long epoch;

    Attempt(World world, Job job, Checkpoints.@Nullable Completed from) {
        this.world = world;
        this.from = from;
        this.epoch = nextEpoch(world, from);
        this.settle = new SettleTask(this);
        IntStream.range(0, Setup.LANE_TASKS).forEach(i -> lanes.add(new LaneTask(this, i, settle)));
        IntStream.range(0, Setup.ROUTERS)
                .forEach(i -> routes.add(new RouteTask(this, i, lanes, settle)));
        this.gate = new GateTask(this, routes);
        this.policies = new PolicyTask(this, routes, lanes);
        this.epochSource = new EpochSource(this, policies);
        addSources();
        int parts = sources.size() + 1 + lanes.size() + routes.size() + 3;
        this.checkpoints = new Checkpoints(job, this, parts);
    }

    private static long nextEpoch(World world, Checkpoints.@Nullable Completed from) {
        long next = (Long) Checkpoints.stateOf(from, EpochSource.NAME, 0L) + 1;
        return world.obeys(Rule.GROWING_EPOCH) ? Math.max(next, world.now()) : next;
    }

    private void addSources() {
        for (int p = 0; p < world.requests.partitionCount(); p++) {
            Edges edges = Edges.between(world, routes, List.of()).and(world, gate);
            sources.add(new Source<>(this, world.requests, p, edges, r -> request(edges, r)));
        }
        for (int p = 0; p < world.handbacks.partitionCount(); p++) {
            Edges edges = Edges.between(world, routes, List.of());
            handbackSources.add(
                    new Source<>(this, world.handbacks, p, edges, r -> handback(edges, r)));
        }
        sources.addAll(handbackSources);
        Edges ends = Edges.between(world, List.of(), List.of()).and(world, gate);
        sources.add(new Source<>(this, world.outcomes, 0, ends, r -> ended(ends, r.value())));
        Edges control = Edges.between(world, routes, lanes).and(world, policies);
        sources.add(new Source<>(this, world.control, 0, control, r -> control(control, r)));
        for (int p = 0; p < World.EVENT_PARTITIONS; p++) {
            int partition = p;
            Edges edges = Edges.between(world, routes, lanes).and(world, gate);
            Edges ticks = tickEdges(edges);
            sources.add(
                    new Source<>(
                            this, world.events, p, edges, r -> event(edges, ticks, partition, r)));
        }
    }

    /** Ticks take the road of the events, or one beside it that may be faster. */
    private Edges tickEdges(Edges events) {
        return world.obeys(Rule.IN_BAND_TICK) ? events : Edges.besides(world, routes, lanes);
    }

    private void request(Edges edges, Topic.Stored<Message> record) {
        Message.Submitted submitted = (Message.Submitted) record.value();
        PendingRequest request =
                world.obeys(Rule.TENANT_SCOPED_IDS)
                        ? submitted.request()
                        : unscoped(submitted.request());
        Message message = new Message.Submitted(request, submitted.verdict(), submitted.waitFor());
        if (request.passengers().workflowId() != null) {
            edges.toGate(message);
        } else {
            edges.toRoute(request.key(), message);
        }
    }

    /** The request as it would be if all tenants shared one space of ids. */
    private static PendingRequest unscoped(PendingRequest r) {
        return new PendingRequest(
                new RequestKey("t", r.key().requestId()),
                r.model(),
                r.priority(),
                r.submittedAtMillis(),
                r.expiresAtMillis(),
                r.deadlineMillis(),
                r.inputTokens(),
                r.maxTokens(),
                r.predictedOutputTokens(),
                r.slo(),
                r.sessionId(),
                r.pinnedInstance(),
                r.passengers());
    }

    /** An outcome of a run whose request was never read does not know its workflow. */
    private static void ended(Edges edges, SettledRequest outcome) {
        RequestFacts facts = outcome.facts();
        if (facts != null && facts.tags().workflowId() != null) {
            edges.toGate(new Message.Ended(outcome));
        }
    }

    private static void handback(Edges edges, Topic.Stored<Release> record) {
        edges.toRoute(record.value().key(), new Message.HandedBack(record.value()));
    }

    private static void control(Edges edges, Topic.Stored<Message> record) {
        Message message = record.value();
        if (message instanceof Message.Cancel cancel) {
            edges.toRoute(cancel.key(), cancel);
        } else if (message instanceof Message.Reprioritise change) {
            edges.toRoute(change.key(), change);
        } else if (message instanceof Message.Drain drain) {
            edges.toLane(drain.instanceId(), drain);
        } else if (message instanceof Message.ChoosePolicies change) {
            edges.toPolicies(change);
        }
    }

    private static void event(
            Edges edges, Edges ticks, int partition, Topic.Stored<WorkerRecord> record) {
        if (record.value() instanceof WorkerRecord.Tick tick) {
            ticks.toAll(new Message.Ticked(tick.epoch(), partition, record.appendedMillis()));
        } else if (record.value() instanceof WorkerRecord.Report report) {
            report(edges, Reports.readAt(report.report(), record.appendedMillis()));
        }
    }

    private static void report(Edges edges, WorkerReport report) {
        Message.Reported message = new Message.Reported(report);
        String instanceId = report.origin().instanceId();
        if (report instanceof WorkerReport.Heartbeat heartbeat && heartbeat.syncSeq() > 0) {
            heartbeat
                    .accepted()
                    .forEach(
                            held ->
                                    edges.toRoute(
                                            held.run().key(),
                                            new Message.Held(held.run(), instanceId)));
        }
        if (report instanceof WorkerReport.Completed completed) {
            edges.toRoute(completed.run().key(), message);
            if (completed.facts().tags().workflowId() != null) {
                edges.toGate(message);
            }
        } else if (!(report instanceof WorkerReport.OfRun)) {
            edges.toAllRoutes(message);
        }
        edges.toLane(instanceId, message);
    }

    void start() {
        world.trace(
                "job starts, epoch "
                        + epoch
                        + (from == null ? "" : ", from checkpoint " + from.number()));
        epochSource.start();
        sources.forEach(Source::start);
    }

    /**
     * The job crashes.
     *
     * @param flushAfterMillis when a task that was only stopped sends what it still has; negative
     *     for never
     */
    void crash(long flushAfterMillis) {
        running = false;
        sources.forEach(Source::stop);
        lanes.forEach(lane -> lane.abandon(flushAfterMillis));
    }

    void begin(Message.Barrier barrier) {
        for (Source<?> source : sources) {
            world.agenda.after(world.upTo(BARRIER_SPREAD_MILLIS), () -> begin(source, barrier));
        }
        world.agenda.after(
                world.upTo(BARRIER_SPREAD_MILLIS),
                () -> {
                    if (running) {
                        epochSource.begin(barrier);
                    }
                });
    }

    private void begin(Source<?> source, Message.Barrier barrier) {
        if (running) {
            source.begin(barrier);
        }
    }

    /** What the checkpoint remembers of a part. */
    Object restored(String part, Object otherwise) {
        return Checkpoints.stateOf(from, part, otherwise);
    }

    World world() {
        return world;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    SettleTask settle() {
        return settle;
    }

    List<LaneTask> lanes() {
        return lanes;
    }

    List<RouteTask> routes() {
        return routes;
    }

    GateTask gate() {
        return gate;
    }

    boolean isRunning() {
        return running;
    }

    long epoch() {
        return epoch;
    }

    /** Whether it was restored from a checkpoint. */
    boolean isFrom(Checkpoints.Completed checkpoint) {
        return from != null && from.number() == checkpoint.number();
    }

    /** Whether it does not know yet what runs. */
    boolean isHolding() {
        return !routes.stream().allMatch(RouteTask::isOpen);
    }

    /** Whether a release is on its way from a lane to its router. */
    boolean hasHandbackInFlight() {
        return handbackSources.stream().anyMatch(Source::isBehind)
                || lanes.stream().anyMatch(LaneTask::isHandingBack);
    }

    boolean isQuiet() {
        return running
                && lanes.stream().allMatch(LaneTask::isQuiet)
                && routes.stream().allMatch(RouteTask::isQuiet)
                && gate.isQuiet();
    }
}
