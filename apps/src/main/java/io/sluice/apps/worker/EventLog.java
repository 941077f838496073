package io.sluice.apps.worker;

import io.sluice.core.model.WorkerReport;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.sim.worker.WorkerLog;

/** The worker's partition, as the protocol sees it. Belongs to the loop. */
final class EventLog implements WorkerLog {

    private final EventMapping mapping;
    private final AvroCodec<WorkerEvent> codec;
    private final EventSender sender;
    private final Occupancy occupancy;
    private final WorkerObserver observer;
    private long incarnation;
    private long appendedSeq;
    private long acknowledgedSeq;
    private long registeredSeq;

    EventLog(
            EventMapping mapping,
            AvroCodec<WorkerEvent> codec,
            EventSender sender,
            Occupancy occupancy,
            WorkerObserver observer) {
        this.mapping = mapping;
        this.codec = codec;
        this.sender = sender;
        this.occupancy = occupancy;
        this.observer = observer;
    }

    @Override
    public void open(long newIncarnation) {
        incarnation = newIncarnation;
        appendedSeq = 0;
        acknowledgedSeq = 0;
        registeredSeq = Long.MAX_VALUE;
        occupancy.begin();
        observer.begun(newIncarnation);
        sender.begin(newIncarnation);
    }

    @Override
    public void append(WorkerReport report) {
        appendedSeq = report.origin().seq();
        if (report instanceof WorkerReport.Registered) {
            registeredSeq = appendedSeq;
        }
        WorkerEvent event = mapping.event(report);
        observer.reported(event);
        sender.send(incarnation, appendedSeq, codec.encode(event));
    }

    /** The broker has every report of an incarnation up to a number. */
    void acknowledged(long byIncarnation, long seq) {
        if (byIncarnation != incarnation) {
            return;
        }
        boolean wasRegistered = acknowledgedSeq >= registeredSeq;
        acknowledgedSeq = Math.max(acknowledgedSeq, seq);
        if (!wasRegistered && acknowledgedSeq >= registeredSeq) {
            observer.registered(incarnation);
        }
    }

    /** Whether the broker has everything that was reported. */
    boolean allAcknowledged() {
        return acknowledgedSeq == appendedSeq;
    }
}
