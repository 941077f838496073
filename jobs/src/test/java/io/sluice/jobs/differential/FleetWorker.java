package io.sluice.jobs.differential;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.WorkerReport;
import io.sluice.sim.protocol.Agenda;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.HeapLedger;
import io.sluice.sim.worker.WorkerEngine;
import io.sluice.sim.worker.WorkerLog;
import io.sluice.sim.worker.WorkerProtocol;
import io.sluice.sim.worker.WorkerSettings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A worker: the real protocol over an engine that takes as long as the capacity says. It may die,
 * be cut off from the broker, and some of its runs fail.
 */
final class FleetWorker implements WorkerEngine, WorkerLog {

    private static final long SEND_MILLIS = 2;
    private static final RunMeasures MEASURES = new RunMeasures(0, 1, 1, 1, 1, 1, 0, "stop");

    /** A run that has begun at a time. */
    private record Run(LaneEffect.Dispatch command, long sinceMillis) {}

    private final Agenda agenda;
    private final String instanceId;
    private final InstanceCapacity capacity;
    private final Consumer<WorkerReport> broker;
    private final HeapLedger ledger = new HeapLedger();
    private final Deque<LaneEffect.Dispatch> queue = new ArrayDeque<>();
    private final Map<DispatchId, Run> running = new HashMap<>();
    private final List<Runnable> whileCut = new ArrayList<>();
    private WorkerProtocol process;
    private long generation;
    private boolean cut;

    FleetWorker(
            Agenda agenda,
            String instanceId,
            InstanceCapacity capacity,
            Consumer<WorkerReport> broker) {
        this.agenda = agenda;
        this.instanceId = instanceId;
        this.capacity = capacity;
        this.broker = broker;
    }

    void start() {
        process =
                new WorkerProtocol(
                        instanceId,
                        capacity,
                        WorkerSettings.DEFAULTS,
                        new WorkerProtocol.Ports(ledger, this, this));
        process.start(agenda.now());
        planWakeup();
    }

    /** The process dies; its ledger stays. */
    void kill() {
        process = null;
        generation++;
        queue.clear();
        running.clear();
    }

    /** Neither commands nor reports get through. */
    void cut() {
        cut = true;
    }

    /** They do again, late. */
    void heal() {
        cut = false;
        List<Runnable> late = List.copyOf(whileCut);
        whileCut.clear();
        late.forEach(Runnable::run);
    }

    void command(LaneEffect.Command command) {
        if (cut) {
            whileCut.add(() -> command(command));
        } else if (process != null) {
            process.command(command, agenda.now());
            planWakeup();
        }
    }

    private void planWakeup() {
        WorkerProtocol of = process;
        agenda.at(of.nextWakeupMillis(), () -> wakeup(of));
    }

    private void wakeup(WorkerProtocol of) {
        if (process == of && of.nextWakeupMillis() <= agenda.now()) {
            of.wakeup(agenda.now());
            planWakeup();
        }
    }

    @Override
    public void open(long incarnation) {
        generation++;
    }

    @Override
    public void append(WorkerReport report) {
        long of = generation;
        agenda.after(SEND_MILLIS, () -> arrive(report, of));
    }

    private void arrive(WorkerReport report, long of) {
        if (cut) {
            whileCut.add(() -> arrive(report, of));
        } else if (of == generation) {
            broker.accept(report);
            agenda.after(SEND_MILLIS, () -> acknowledge(report, of));
        }
    }

    private void acknowledge(WorkerReport report, long of) {
        if (of == generation && !cut) {
            process.acknowledged(report.origin().incarnation(), report.origin().seq());
        }
    }

    @Override
    public Optional<Refusal> refusal(LaneEffect.Dispatch command) {
        return fate(command) == 0
                ? Optional.of(new Refusal("unlucky", "one in a hundred is refused"))
                : Optional.empty();
    }

    @Override
    public void start(LaneEffect.Dispatch command) {
        queue.add(command);
        beginNext();
    }

    private void beginNext() {
        while (running.size() < capacity.maxSequences() && !queue.isEmpty()) {
            Run run = new Run(queue.poll(), agenda.now());
            running.put(id(run.command()), run);
            PendingRequest request = run.command().request();
            long tokens = request.expectedOutputTokens() - request.progress().generatedTokens();
            double millis = prefillMillis(request) + tokens * capacity.speed().decodePerToken();
            agenda.after((long) millis, () -> finish(run));
        }
    }

    /** Whatever was made before is read anew with the prompt. */
    private double prefillMillis(PendingRequest request) {
        int tokens = request.inputTokens() + request.progress().generatedTokens();
        return tokens * capacity.speed().prefillPerToken();
    }

    @Override
    public Progress reached(DispatchId id) {
        Run run = running.get(id);
        if (run == null) {
            return Progress.NONE;
        }
        PendingRequest request = run.command().request();
        double decoding = agenda.now() - run.sinceMillis() - prefillMillis(request);
        int made = (int) Math.max(0, decoding / capacity.speed().decodePerToken());
        return new Progress(request.progress().generatedTokens() + made, 0);
    }

    @Override
    public Optional<Progress> interrupt(DispatchId id) {
        Progress reached = reached(id);
        stop(id);
        return Optional.of(reached);
    }

    private void finish(Run run) {
        LaneEffect.Dispatch command = run.command();
        DispatchId id = id(command);
        if (running.get(id) != run) {
            return;
        }
        running.remove(id);
        if (fate(command) < 5) {
            boolean retriable = fate(command) < 4;
            process.failed(id, retriable, "unlucky", "some runs fail", agenda.now());
        } else {
            process.completed(id, MEASURES, agenda.now());
        }
        planWakeup();
        beginNext();
    }

    @Override
    public void stop(DispatchId id) {
        running.remove(id);
        queue.removeIf(command -> id(command).equals(id));
        beginNext();
    }

    private static DispatchId id(LaneEffect.Dispatch command) {
        return new DispatchId(command.request().key(), command.attempt());
    }

    /** A number below 100 that an attempt is born with. */
    private static int fate(LaneEffect.Dispatch command) {
        return Math.floorMod((id(command).toString() + " fate").hashCode() * 0x9E3779B1, 100);
    }
}
