package io.sluice.jobs.io;

import io.sluice.core.model.WorkerReport;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.flow.WorkerReportMessage;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;
import io.sluice.wire.WorkerEvents;

import java.util.Objects;

/** From an event on the workers' log to a report or tick. */
final class WorkerEventMapping implements RecordMapping<WorkerEvent, WorkerLogRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public WorkerLogRecord map(WorkerEvent event, LogPosition position) {
        if (event.getType() == WorkerEventType.TICK) {
            return new WorkerLogRecord(position, null, tick(event, position));
        }
        LongTexts.refuse(event);
        event.getAccepted().forEach(LongTexts::refuse);
        WorkerReport report =
                WorkerEvents.report(
                        explained(event), position.partition(), position.timestampMillis());
        return new WorkerLogRecord(position, WorkerReportMessage.of(report), null);
    }

    private static WorkerEvent explained(WorkerEvent event) {
        String message = event.getErrorMessage();
        String passedOn = LongTexts.explanation(message);
        return Objects.equals(message, passedOn)
                ? event
                : WorkerEvent.newBuilder(event).setErrorMessage(passedOn).build();
    }

    private static Tick tick(WorkerEvent event, LogPosition position) {
        Integer partitions = event.getPartitions();
        if (partitions == null) {
            throw new IllegalArgumentException("a tick lacks partitions");
        }
        return new Tick(
                event.getEpoch(), position.partition(), partitions, position.timestampMillis());
    }
}
