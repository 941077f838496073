package io.sluice.apps.worker;

import io.sluice.apps.worker.ledger.FileLedger;
import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.WorkerReport;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.WorkerLog;
import io.sluice.sim.worker.WorkerProtocol;
import io.sluice.sim.worker.WorkerSettings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Protocol, engine, mappings and ledger of a worker on clocks set by hand, without Kafka. */
final class WorkerOnTheBench implements AutoCloseable {

    final HandClock clock = new HandClock();
    final List<WorkerEvent> events = new ArrayList<>();
    final SimulatedGpu gpu;
    final WorkerProtocol protocol;
    private final Intake intake = new Intake();
    private final FileLedger ledger;

    WorkerOnTheBench(EngineSpec spec, Path folder) {
        InstanceCapacity capacity = spec.capacity(new Partitions(0, 0));
        GpuObserver deaf =
                new GpuObserver() {
                    @Override
                    public void started(int promptTokens, int cachedTokens) {}

                    @Override
                    public void finished(EngineTimes times, RunMeasures measures) {}

                    @Override
                    public void aborted() {}
                };
        gpu = new SimulatedGpu(spec, intake, deaf, clock.nanos());
        EngineStatus status = new EngineStatus(1, 2, 3, 4, 5);
        EventMapping mapping = new EventMapping(intake, clock, () -> status, "A100_7B");
        AvroRunCodec runs = new AvroRunCodec(AvroCodec.of(WorkerEvent.class), mapping);
        // Its lives count from 1, as the commands of these tests have it.
        ledger = FileLedger.open(folder.resolve("bench.ledger"), runs, () -> 0);
        mapping.recallFrom(
                id -> {
                    byte[] bytes = ledger.bytes(id);
                    return bytes == null ? null : runs.event(bytes);
                });
        mapping.measureBy(gpu::progress);
        WorkerLog log =
                new WorkerLog() {
                    @Override
                    public void open(long incarnation) {}

                    @Override
                    public void append(WorkerReport report) {
                        events.add(mapping.event(report));
                    }
                };
        // A lease for a whole test: nobody acknowledges anything here.
        WorkerSettings settings = new WorkerSettings(1_000_000, 100_000_000, 100_000_000);
        protocol =
                new WorkerProtocol(
                        "gpu", capacity, settings, new WorkerProtocol.Ports(ledger, log, gpu));
        protocol.start(clock.millis());
    }

    /** Takes in a command as the loop does. */
    void command(DispatchCommand.Builder command) {
        DispatchCommand made = command.build();
        LaneEffect.Command effect = CommandMapping.command(made, protocol.incarnation());
        DispatchId id =
                effect instanceof LaneEffect.Dispatch dispatch
                        ? new DispatchId(dispatch.request().key(), dispatch.attempt())
                        : null;
        gpu.advance(clock.nanos(), protocol, clock.millis());
        Receipt receipt = new Receipt(made, clock.brokerMillis(), clock.nanos());
        intake.during(receipt, id, () -> protocol.command(effect, clock.millis()));
        gpu.advance(clock.nanos(), protocol, clock.millis());
    }

    /** Lets time pass. */
    void pass(long millis) {
        clock.advanceMillis(millis);
        gpu.advance(clock.nanos(), protocol, clock.millis());
    }

    WorkerEvent last() {
        return events.get(events.size() - 1);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
