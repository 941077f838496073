package io.sluice.demo.rules;

import io.sluice.core.policy.PolicyChoice;
import io.sluice.demo.report.RequestAccount;
import io.sluice.demo.report.RunDescription;
import io.sluice.demo.report.RunReporter;
import io.sluice.demo.report.TopicScan;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the topics say of all requests: whether the law holds, and what work was wasted.
 *
 * @param requests which of them have one outcome, none, or several that differ
 * @param begun how often workers took a request in, by its id; absent if never
 * @param completed how often a request ran to its end, by its id; absent if never
 */
record Account(
        RequestAccount requests, Map<String, Integer> begun, Map<String, Integer> completed) {

    private static final RunDescription ANY_RUN =
            new RunDescription(PolicyChoice.DEFAULT, "", 0, 1, List.of());

    /** One run of a request. */
    private record Run(String request, int attempt, String instanceId, long incarnation) {}

    static Account of(String bootstrapServers, TopicPrefix prefix) {
        TopicScan topics = new TopicScan(bootstrapServers, prefix);
        return new Account(
                RunReporter.report(topics, ANY_RUN).requests(),
                runs(topics, WorkerEventType.ACCEPTED),
                runs(topics, WorkerEventType.COMPLETED));
    }

    private static Map<String, Integer> runs(TopicScan topics, WorkerEventType type) {
        AvroCodec<WorkerEvent> codec = AvroCodec.of(WorkerEvent.class);
        Set<Run> runs = new HashSet<>();
        topics.read(
                Topic.WORKER_EVENTS,
                record ->
                        decode(codec, record.value())
                                .filter(event -> event.getType() == type)
                                .map(Account::run)
                                .ifPresent(runs::add));
        Map<String, Integer> counts = new HashMap<>();
        runs.forEach(run -> counts.merge(run.request(), 1, Integer::sum));
        return counts;
    }

    private static Run run(WorkerEvent event) {
        return new Run(
                event.getRequestId(),
                event.getAttempt(),
                event.getInstanceId(),
                event.getIncarnation());
    }

    /** What cannot be read tells of no run. */
    private static Optional<WorkerEvent> decode(
            AvroCodec<WorkerEvent> codec, byte @Nullable [] bytes) {
        try {
            return bytes == null ? Optional.empty() : Optional.of(codec.decode(bytes));
        } catch (DecodeException unreadable) {
            return Optional.empty();
        }
    }

    /** How often workers took a request in. */
    int begun(String request) {
        return begun.getOrDefault(request, 0);
    }

    /** How often a request ran to its end. */
    int completed(String request) {
        return completed.getOrDefault(request, 0);
    }
}
