package io.sluice.audit;

import java.util.Map;

/** The topics that are read, and what is in them. */
final class AuditedTopics {

    /** Kind of record by topic, the topics without the prefix of the installation. */
    static final Map<String, String> RECORDS =
            Map.of(
                    "requests", "InferenceRequest",
                    "control", "ControlEvent",
                    "dispatch", "DispatchCommand",
                    "worker-events", "WorkerEvent",
                    "handbacks", "HandBack",
                    "outcomes", "RequestOutcome",
                    "dead-letters", "DeadLetter");

    private AuditedTopics() {}

    /** A topic's name without the prefix; the whole name if it is none of these topics. */
    static String withoutPrefix(String name) {
        for (String topic : RECORDS.keySet()) {
            if (name.endsWith(topic)) {
                return topic;
            }
        }
        return name;
    }
}
