package io.sluice.sim.protocol;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunMeasures;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.WorkerEngine;
import io.sluice.sim.worker.WorkerProtocol;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A worker with its process, its disk and its road to the broker, each of which may fail. */
final class SimWorker {

    /** How long a step of its engine takes at most. */
    private static final long STEP_MILLIS = 40;

    /** How long its process stays for what it has given back to go out. */
    private static final long LEAVE_MILLIS = 300;

    /** Requests that it runs at once. */
    static final int SEQUENCES = 2;

    private static final RunMeasures MEASURES = new RunMeasures(0, 1, 1, 1, 1, 1, 0, "stop");

    private final World world;
    private final Fates fates;
    private final String instanceId;
    private final InstanceCapacity capacity;
    private final RuledLedger ledger;
    private final WorkerLink link;
    private final Runnable reader = this::planPoll;
    private final long lagMillis;
    private @Nullable Life process;
    private boolean cut;
    private int offset;
    private boolean pollPlanned;

    SimWorker(World world, int index, Fates fates) {
        this.world = world;
        this.fates = fates;
        this.instanceId = "gpu-" + index;
        int partition = index % World.EVENT_PARTITIONS;
        this.capacity =
                new InstanceCapacity(
                        List.of(), SEQUENCES, 10_000, 5_000, partition, partition, 0.1, 10);
        this.ledger = new RuledLedger(world);
        this.link = new WorkerLink(world, partition, this::acknowledged);
        this.lagMillis = world.upTo(1) == 0 ? 5 : 60;
        world.dispatch.addReader(partition, reader);
    }

    /** One life of the process. */
    private final class Life implements WorkerEngine {
        private final WorkerProtocol protocol;
        private final Map<DispatchId, Live> runs = new HashMap<>();
        private final Map<RequestKey, Integer> madeBefore = new HashMap<>();

        Life() {
            this.protocol =
                    new WorkerProtocol(
                            instanceId,
                            capacity,
                            Setup.worker(world.obeys(Rule.SELF_FENCING)),
                            new WorkerProtocol.Ports(ledger, link, this));
        }

        @Override
        public void start(LaneEffect.Dispatch command) {
            DispatchId id = new DispatchId(command.request().key(), command.attempt());
            Integer before = madeBefore.remove(id.key());
            int made = before == null ? 0 : before;
            Live live = new Live(made, world.now());
            runs.put(id, live);
            world.history.started(instanceId, protocol.incarnation(), id, made);
            world.trace(instanceId + " starts " + id + (made == 0 ? "" : " from " + made));
            world.agenda.after(fates.workMillis(id.key()) - made, () -> finish(id, live));
        }

        private void finish(DispatchId id, Live live) {
            if (process != this || runs.get(id) != live) {
                return;
            }
            runs.remove(id);
            if (fates.fails(id.key(), id.attempt())) {
                world.faults.count(Fault.RUN_FAILED);
                protocol.failed(id, true, "engine", "the engine failed", world.now());
            } else {
                long incarnation = protocol.incarnation();
                world.history.reachedEnd(id.key());
                protocol.completed(id, MEASURES, world.now());
                if (incarnation == protocol.incarnation()) {
                    world.history.finished(instanceId, incarnation, id);
                }
            }
            planWakeup(this);
        }

        @Override
        public void stop(DispatchId id) {
            runs.remove(id);
        }

        /** At once, or at the end of a step, at which the run may end as well. */
        @Override
        public Optional<Progress> interrupt(DispatchId id) {
            if (world.upTo(1) == 0) {
                return takeOut(id);
            }
            world.agenda.after(world.upTo(STEP_MILLIS), () -> interruptLater(id));
            return Optional.empty();
        }

        private void interruptLater(DispatchId id) {
            if (process == this) {
                takeOut(id).ifPresent(at -> protocol.interrupted(id, at, world.now()));
                planWakeup(this);
            }
        }

        private Optional<Progress> takeOut(DispatchId id) {
            Live live = runs.remove(id);
            if (live == null) {
                return Optional.empty();
            }
            int made = live.made(world.now());
            madeBefore.put(id.key(), made);
            world.history.interrupted(id.key(), made);
            world.faults.count(Fault.INTERRUPTION);
            world.trace(instanceId + " interrupts " + id);
            return Optional.of(progress(live));
        }

        @Override
        public Progress reached(DispatchId id) {
            Live live = runs.get(id);
            return live == null ? Progress.NONE : progress(live);
        }

        private Progress progress(Live live) {
            int made = live.made(world.now());
            return new Progress(made, made);
        }
    }

    /** A run on the engine, which makes a token in each millisecond. */
    private static final class Live {
        private final int madeBefore;
        private final long sinceMillis;

        Live(int madeBefore, long sinceMillis) {
            this.madeBefore = madeBefore;
            this.sinceMillis = sinceMillis;
        }

        int made(long now) {
            return madeBefore + (int) (now - sinceMillis);
        }
    }

    void start() {
        Life fresh = new Life();
        process = fresh;
        offset = world.dispatch.end(capacity.dispatchPartition());
        fresh.protocol.start(world.now());
        world.trace(instanceId + " starts, incarnation " + fresh.protocol.incarnation());
        planWakeup(fresh);
    }

    private void planWakeup(Life of) {
        world.agenda.at(of.protocol.nextWakeupMillis(), () -> wakeup(of));
    }

    private void wakeup(Life of) {
        if (process == of && world.now() >= of.protocol.nextWakeupMillis()) {
            of.protocol.wakeup(world.now());
            planWakeup(of);
        }
    }

    private void acknowledged(long incarnation, long seq) {
        if (process != null) {
            process.protocol.acknowledged(incarnation, seq);
            planWakeup(process);
        }
    }

    private void planPoll() {
        if (!pollPlanned) {
            pollPlanned = true;
            world.agenda.after(world.upTo(lagMillis), this::poll);
        }
    }

    private void poll() {
        int partition = capacity.dispatchPartition();
        long readable = world.dispatch.readableMillis(partition);
        if (world.now() < readable) {
            world.agenda.at(readable, this::poll);
            return;
        }
        pollPlanned = false;
        Life of = process;
        while (of != null && !cut && offset < world.dispatch.end(partition)) {
            take(of, world.dispatch.read(partition, offset++).value());
        }
    }

    private void take(Life of, LaneEffect.Command command) {
        if (command.address().instanceId().equals(instanceId)) {
            of.protocol.command(asRead(command, of.protocol), world.now());
            planWakeup(of);
        }
    }

    /** The command, or what a worker would make of it that does not look at the address. */
    private LaneEffect.Command asRead(LaneEffect.Command command, WorkerProtocol protocol) {
        LaneEffect.Address a = command.address();
        long epoch =
                world.obeys(Rule.EPOCH_REFUSAL) ? a.epoch() : Math.max(a.epoch(), protocol.epoch());
        long incarnation =
                world.obeys(Rule.OWN_INCARNATION) ? a.incarnation() : protocol.incarnation();
        if (epoch == a.epoch() && incarnation == a.incarnation()) {
            return command;
        }
        LaneEffect.Address read =
                new LaneEffect.Address(
                        a.instanceId(),
                        incarnation,
                        a.dispatchPartition(),
                        epoch,
                        a.seq(),
                        a.decidedAtMillis());
        return command.at(read);
    }

    /** The process dies, perhaps with its disk. */
    void crash(long downMillis, boolean losesLedger) {
        if (process == null) {
            return;
        }
        world.faults.count(Fault.WORKER_DEATH);
        world.faults.countIf(process.protocol.runningCount() > 0, Fault.WORKER_DEATH_IN_RUN);
        world.trace(instanceId + " dies" + (downMillis < 0 ? " for good" : ""));
        end(downMillis);
        ledger.processDied();
        if (losesLedger) {
            world.faults.countIf(!ledger.entries().isEmpty(), Fault.LEDGER_LOST);
            world.trace(instanceId + " loses its ledger");
            ledger.lose();
            world.history.ledgerLost(instanceId);
        }
    }

    private void end(long downMillis) {
        process = null;
        world.workersAway++;
        link.die();
        if (downMillis >= 0) {
            world.agenda.after(downMillis, this::comeBack);
        }
    }

    private void comeBack() {
        world.workersAway--;
        world.faults.count(Fault.WORKER_RETURN);
        start();
    }

    /** Gives back what it runs, and ends when it has had time to say so. */
    void leave(long downMillis) {
        Life of = process;
        if (of == null) {
            return;
        }
        world.faults.count(Fault.WORKER_LEFT);
        world.trace(instanceId + " leaves");
        of.protocol.leave(world.now());
        planWakeup(of);
        world.agenda.after(
                world.upTo(LEAVE_MILLIS),
                () -> {
                    if (process == of) {
                        world.trace(instanceId + " has left");
                        end(downMillis);
                    }
                });
    }

    void cut(long forMillis) {
        if (cut) {
            return;
        }
        world.trace(instanceId + " is cut off for " + forMillis + " ms");
        world.faults.count(forMillis > Setup.LEASE_MILLIS ? Fault.CUT_LONG : Fault.CUT_SHORT);
        cut = true;
        world.workersAway++;
        link.cut();
        world.agenda.after(forMillis, this::heal);
    }

    private void heal() {
        world.trace(instanceId + " is back on the network");
        cut = false;
        world.workersAway--;
        link.heal(process == null ? 0 : process.protocol.incarnation());
        planPoll();
    }

    boolean isQuiet() {
        return process == null || process.protocol.runningCount() == 0;
    }
}
