package io.sluice.jobs.differential;

import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.sim.protocol.Agenda;
import io.sluice.sim.worker.Reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A minute and a half of a fleet with more work than it can do, on a virtual clock, its lanes
 * hosted by the simulator's driver. Workers die, are cut off and drained, and the job crashes
 * twice.
 */
final class Rehearsal {

    private static final long START = 100_000;
    private static final int PARTITIONS = 3;

    /** An instance that requests are sent to and nobody has ever heard of. */
    private static final String GHOST = "gpu-ghost";

    /** When policies change, by the share of the time that has passed. */
    private static final List<Double> CHANGES = List.of(0.2, 0.645, 0.8);

    private static final int GPUS = 6;
    private static final int TURNS_OF_A_GPU = 15;

    private final Agenda agenda = new Agenda(START);
    private final Map<String, FleetWorker> workers = new TreeMap<>();
    private final JobSide job;
    private final long lengthMillis;

    private Rehearsal(LaneSettings settings, long seed, long lengthMillis) {
        this.lengthMillis = lengthMillis;
        this.job =
                new JobSide(
                        agenda,
                        turns(),
                        (instanceId, command) -> workers.get(instanceId).command(command),
                        listener -> new SimulatedLanes(settings, listener));
        for (int i = 0; i < GPUS; i++) {
            InstanceCapacity capacity = capacity(i);
            FleetWorker worker =
                    new FleetWorker(
                            agenda,
                            gpu(i),
                            capacity,
                            report -> append(capacity.eventsPartition(), report));
            workers.put(gpu(i), worker);
        }
        new Traffic(agenda, seed, job, START + lengthMillis).start();
    }

    /**
     * Rehearses, and returns all that reached the lanes, with what they said.
     *
     * @param lengthMillis how long users go on
     */
    static JobSide of(LaneSettings settings, long seed, long lengthMillis) {
        return of(settings, seed, lengthMillis, List.of());
    }

    /**
     * The same, while the operator changes the policies up to three times, once between a
     * checkpoint and a crash.
     */
    static JobSide of(
            LaneSettings settings, long seed, long lengthMillis, List<PolicyChoice> changes) {
        Rehearsal rehearsal = new Rehearsal(settings, seed, lengthMillis);
        rehearsal.run(changes);
        return rehearsal.job;
    }

    private static List<String> turns() {
        List<String> turns = new ArrayList<>();
        for (int turn = 0; turn < TURNS_OF_A_GPU * GPUS; turn++) {
            turns.add(gpu(turn % GPUS));
        }
        turns.add(GHOST);
        return turns;
    }

    private static String gpu(int number) {
        return "gpu-" + number;
    }

    /** Fast and slow ones; memory for fewer long requests than there are places. */
    private static InstanceCapacity capacity(int number) {
        int partition = number % PARTITIONS;
        return new InstanceCapacity(
                List.of(),
                3 + number % 3,
                2_000,
                1_500,
                partition,
                partition,
                0.1 + 0.05 * number,
                1 + 0.5 * number);
    }

    private void run(List<PolicyChoice> changes) {
        for (int i = 0; i < changes.size(); i++) {
            PolicyChoice change = changes.get(i);
            at(CHANGES.get(i), () -> job.choose(change));
        }
        job.start(1);
        workers.values().forEach(FleetWorker::start);
        tick();
        plan();
        agenda.runUntil(START + lengthMillis + 20_000);
    }

    private void tick() {
        for (int p = 0; p < PARTITIONS; p++) {
            job.tick(p, agenda.now());
        }
        agenda.after(1_000, this::tick);
    }

    /** The broker takes a report and gives it its time. */
    private void append(int partition, WorkerReport report) {
        WorkerReport read = Reports.readAt(report, agenda.now());
        agenda.after(1, () -> job.report(read));
    }

    /** What goes wrong, by the share of the time that has passed. */
    private void plan() {
        at(0.05, () -> job.drain(gpu(4), true));
        at(0.10, () -> workers.get(gpu(1)).kill());
        at(0.12, () -> job.drain(gpu(4), false));
        at(0.22, () -> workers.get(gpu(1)).start());
        at(0.285, () -> workers.get(gpu(2)).cut());
        crash(0.30, 1, 0);
        at(0.312, () -> workers.get(gpu(2)).heal());
        at(0.40, () -> restart(gpu(2)));
        at(0.45, () -> workers.get(gpu(3)).cut());
        at(0.55, () -> workers.get(gpu(3)).heal());
        at(0.60, () -> job.drain(gpu(5), true));
        at(0.648, () -> workers.get(gpu(0)).kill());
        crash(0.65, 2, 100);
        at(0.70, () -> job.drain(gpu(5), false));
        at(0.85, () -> workers.get(gpu(0)).start());
    }

    private void at(double share, Runnable what) {
        agenda.at(START + (long) (share * lengthMillis), what);
    }

    private void crash(double share, long epoch, int readBeforeEpoch) {
        at(share - 0.01, job::checkpoint);
        at(share, job::crash);
        at(share + 0.01, () -> job.comeBack(epoch + 1, readBeforeEpoch));
    }

    /** A new process, while a last sign of life of the old one is still on its way. */
    private void restart(String instanceId) {
        workers.get(instanceId).kill();
        workers.get(instanceId).start();
        InstanceCapacity capacity = capacity(2);
        ReportOrigin old = new ReportOrigin(instanceId, 1, 1_000_000, 2, 0);
        agenda.after(
                100,
                () ->
                        append(
                                capacity.eventsPartition(),
                                new WorkerReport.Heartbeat(old, capacity, List.of(), 0, false)));
    }
}
