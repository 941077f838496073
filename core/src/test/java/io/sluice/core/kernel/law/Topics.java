package io.sluice.core.kernel.law;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.WorkerReport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lies in Kafka: a crash of the job takes nothing from it but what was not flushed. */
final class Topics {

    /** A record of a partition of the workers' log. */
    sealed interface LogRecord {
        /** A report of a worker. */
        record Report(WorkerReport report) implements LogRecord {}

        /** A tick of the job. */
        record Tick(long epoch, long logMillis) implements LogRecord {}
    }

    /** What an operator or a user wants. */
    sealed interface Control {
        /** A request is no longer wanted. */
        record Cancel(RequestKey key) implements Control {}

        /** A request has another priority. */
        record Reprioritise(RequestKey key, int priority) implements Control {}

        /** An instance is to take no more work, or to take work again. */
        record Drain(String instanceId, boolean draining) implements Control {}
    }

    final List<PendingRequest> requests = new ArrayList<>();
    final List<Control> control = new ArrayList<>();
    final List<Release> handBacks = new ArrayList<>();
    final Map<String, List<LogRecord>> workerLog = new TreeMap<>();
    final Map<String, List<LaneEffect.Command>> dispatch = new TreeMap<>();

    Topics(List<String> instances) {
        for (String instance : instances) {
            workerLog.put(instance, new ArrayList<>());
            dispatch.put(instance, new ArrayList<>());
        }
    }

    void tick(long epoch, long now) {
        workerLog.values().forEach(log -> log.add(new LogRecord.Tick(epoch, now)));
    }

    /** Loses what comes after the first so many: it was still in the producer. */
    static void lose(List<?> topic, int kept) {
        if (kept < topic.size()) {
            topic.subList(kept, topic.size()).clear();
        }
    }
}
