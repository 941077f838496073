package io.sluice.apps.worker;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.worker.ledger.FileLedger;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.WorkerProtocol;

import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The parts of a worker, put together.
 *
 * @param partitions where it reads and writes
 * @param loop the thread that decides
 * @param reader the thread that reads
 * @param sender the thread that sends
 * @param ledger its memory
 * @param reporter what is told of it
 */
record WorkerParts(
        Partitions partitions,
        WorkerLoop loop,
        CommandReader reader,
        EventSender sender,
        FileLedger ledger,
        WorkerReporter reporter) {

    /** Asks the broker, opens the ledger, and puts a worker together that does nothing yet. */
    static WorkerParts assemble(WorkerSpec spec, KafkaAccess kafka, Consumer<String> notices) {
        Partitions partitions = partitions(spec, kafka);
        return new Assembly(spec, kafka, partitions, notices).assemble();
    }

    private static Partitions partitions(WorkerSpec spec, KafkaAccess kafka) {
        Map<Topic, Integer> counts = kafka.partitions(Topic.DISPATCH, Topic.WORKER_EVENTS);
        int dispatches = counts.getOrDefault(Topic.DISPATCH, 0);
        int events = counts.getOrDefault(Topic.WORKER_EVENTS, 0);
        int dispatch =
                spec.dispatchPartition()
                        .orElseGet(() -> Partitions.ofInstance(spec.instanceId(), dispatches));
        if (dispatch < 0 || dispatch >= dispatches) {
            throw new CommandException(
                    "topic %s has no partition %d: choose --dispatch-partition from 0 to %d"
                            .formatted(kafka.name(Topic.DISPATCH), dispatch, dispatches - 1));
        }
        return new Partitions(dispatch, Partitions.ofInstance(spec.instanceId(), events));
    }

    /** Ends both threads and lets go of the ledger. */
    void close() {
        reader.close();
        sender.close();
        ledger.close();
    }

    /** What is needed on the way. */
    private static final class Assembly {
        private final WorkerSpec spec;
        private final KafkaAccess kafka;
        private final Partitions partitions;
        private final InstanceCapacity capacity;
        private final BrokerTime brokerTime = new BrokerTime();
        private final WorkerClock clock = WorkerClock.system(brokerTime);
        private final Intake intake = new Intake();
        private final AvroCodec<WorkerEvent> codec = AvroCodec.of(WorkerEvent.class);
        private final WorkerReporter reporter;
        private final Signals signals;
        private final SimulatedGpu gpu;
        private final Occupancy occupancy;
        private final EventMapping mapping;
        private final AvroRunCodec runs;

        Assembly(
                WorkerSpec spec,
                KafkaAccess kafka,
                Partitions partitions,
                Consumer<String> notices) {
            this.spec = spec;
            this.kafka = kafka;
            this.partitions = partitions;
            EngineSpec engine = spec.engine();
            EngineMetrics engineMetrics = new EngineMetrics(engine.profile(), engine.model());
            WorkerMetrics workerMetrics = new WorkerMetrics(spec.instanceId());
            long now = clock.nanos();
            capacity = engine.capacity(partitions);
            reporter = new WorkerReporter(spec.instanceId(), engineMetrics, workerMetrics, notices);
            signals = new Signals(workerMetrics, notices);
            gpu = new SimulatedGpu(engine, intake, engineMetrics, now);
            occupancy = new Occupancy(capacity, now);
            mapping =
                    new EventMapping(
                            intake,
                            clock,
                            () -> occupancy.status(gpu.snapshot()),
                            engine.profile().name());
            mapping.measureBy(gpu::progress);
            runs = new AvroRunCodec(codec, mapping);
        }

        WorkerParts assemble() {
            String file = URLEncoder.encode(spec.instanceId(), StandardCharsets.UTF_8) + ".ledger";
            Path path = spec.ledgerDirectory().resolve(file);
            FileLedger ledger = FileLedger.open(path, runs, clock::wallMillis);
            try {
                mapping.recallFrom(id -> recall(ledger, id));
                return assemble(ledger);
            } catch (RuntimeException exception) {
                ledger.close();
                throw exception;
            }
        }

        private @Nullable WorkerEvent recall(FileLedger ledger, DispatchId id) {
            byte[] bytes = ledger.bytes(id);
            return bytes == null ? null : runs.event(bytes);
        }

        private WorkerParts assemble(FileLedger ledger) {
            long publishMillis = spec.settings().publishMillis();
            EventSender.Target target =
                    new EventSender.Target(
                            kafka.name(Topic.WORKER_EVENTS),
                            partitions.events(),
                            spec.instanceId(),
                            publishMillis);
            EventSender sender =
                    new EventSender(
                            target, new EventProducers(kafka, target), clock, brokerTime, signals);
            EventLog log = new EventLog(mapping, codec, sender, occupancy, reporter);
            WorkerProtocol protocol =
                    new WorkerProtocol(
                            spec.instanceId(),
                            capacity,
                            spec.settings(),
                            new WorkerProtocol.Ports(ledger, log, gpu));
            Departure departure =
                    new Departure(new Departure.Leaver(protocol, gpu, log), publishMillis);
            WorkerLoop.Parts owned = new WorkerLoop.Parts(protocol, gpu, log, occupancy, intake);
            WorkerLoop loop = new WorkerLoop(owned, departure, clock, reporter);
            signals.connect(loop);
            CommandReader reader =
                    CommandReader.atEnd(kafka, spec, partitions.dispatch(), clock, signals);
            return new WorkerParts(partitions, loop, reader, sender, ledger, reporter);
        }
    }
}
