package io.sluice.sim.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.WorkerReport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A worker over ports that write down, in order, what it did. */
final class RecordingWorker {

    static final InstanceCapacity CAPACITY =
            new InstanceCapacity(List.of(), 4, 1_000, 1_000, 0, 0, 0.1, 10);
    static final RunMeasures MEASURES = new RunMeasures(0, 1, 1, 1, 10, 10, 0, "stop");

    final List<String> engineCalls = new ArrayList<>();
    final List<WorkerReport> reports = new ArrayList<>();
    final WorkerProtocol protocol;
    Optional<WorkerEngine.Refusal> refusal = Optional.empty();
    Optional<Progress> interruptedAt = Optional.empty();

    RecordingWorker(HeapLedger ledger) {
        WorkerLog log =
                new WorkerLog() {
                    @Override
                    public void open(long incarnation) {}

                    @Override
                    public void append(WorkerReport report) {
                        reports.add(report);
                    }
                };
        WorkerEngine engine =
                new WorkerEngine() {
                    @Override
                    public Optional<Refusal> refusal(LaneEffect.Dispatch command) {
                        return refusal;
                    }

                    @Override
                    public void start(LaneEffect.Dispatch command) {
                        DispatchId id = new DispatchId(command.request().key(), command.attempt());
                        engineCalls.add(
                                "start " + id + (ledger.find(id) == null ? " unwritten" : ""));
                    }

                    @Override
                    public void stop(DispatchId id) {
                        engineCalls.add("stop " + id);
                    }

                    @Override
                    public Optional<Progress> interrupt(DispatchId id) {
                        engineCalls.add("interrupt " + id);
                        return interruptedAt;
                    }

                    @Override
                    public Progress reached(DispatchId id) {
                        return new Progress(3, 13);
                    }
                };
        protocol =
                new WorkerProtocol(
                        "gpu",
                        CAPACITY,
                        WorkerSettings.DEFAULTS,
                        new WorkerProtocol.Ports(ledger, log, engine));
    }

    WorkerReport last() {
        return reports.get(reports.size() - 1);
    }

    void acknowledgeAll() {
        protocol.acknowledged(protocol.incarnation(), last().origin().seq());
    }

    List<String> kinds() {
        return reports.stream().map(report -> report.getClass().getSimpleName()).toList();
    }

    static DispatchId id(String request, int attempt) {
        return new DispatchId(new RequestKey("t", request), attempt);
    }

    static LaneEffect.Dispatch dispatch(String request, int attempt, LaneEffect.Address address) {
        PendingRequest pending =
                new PendingRequest(
                        new RequestKey("t", request),
                        "m",
                        0,
                        0,
                        PendingRequest.NEVER,
                        PendingRequest.NEVER,
                        10,
                        10,
                        0,
                        SloTarget.NONE,
                        null,
                        null,
                        Passengers.createdAt(0));
        return new LaneEffect.Dispatch(address, pending, attempt, LaneEffect.Behind.NOTHING, 0);
    }

    static LaneEffect.Address address(long incarnation, long epoch, long seq) {
        return new LaneEffect.Address("gpu", incarnation, 0, epoch, seq, 0);
    }
}
