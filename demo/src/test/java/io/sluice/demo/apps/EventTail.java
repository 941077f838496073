package io.sluice.demo.apps;

import io.sluice.demo.process.Await;
import io.sluice.demo.topic.Tape;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Everything that workers have reported, in the order of their partitions. */
final class EventTail implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Tape<WorkerEvent> events;

    EventTail(String bootstrapServers) {
        events =
                Tape.written(
                        bootstrapServers,
                        Topic.WORKER_EVENTS.name(TopicPrefix.DEFAULT),
                        WorkerEvent.class);
    }

    /** Waits until an event of a kind, for which something holds, has been read. */
    WorkerEvent await(WorkerEventType type, Predicate<WorkerEvent> which) {
        Predicate<WorkerEvent> wanted = event -> event.getType() == type && which.test(event);
        Await.until(
                type + "; read so far " + kinds(),
                PATIENCE,
                () -> read().stream().anyMatch(wanted));
        return events.all(wanted).get(0);
    }

    WorkerEvent await(WorkerEventType type, String request) {
        return await(type, event -> Objects.equals(event.getRequestId(), request));
    }

    WorkerEvent awaitRegistration(String instanceId, long afterIncarnation) {
        return await(
                WorkerEventType.REGISTERED,
                event ->
                        event.getInstanceId().equals(instanceId)
                                && event.getIncarnation() > afterIncarnation);
    }

    /** Reads what is there, and returns everything read so far; all of it must be readable. */
    List<WorkerEvent> read() {
        List<WorkerEvent> all = events.read();
        if (events.unreadable() > 0) {
            throw new IllegalStateException(events.unreadable() + " unreadable events");
        }
        return all;
    }

    private List<String> kinds() {
        return events.all(event -> true).stream()
                .map(event -> event.getType() + " " + event.getRequestId())
                .toList();
    }

    @Override
    public void close() {
        events.close();
    }
}
