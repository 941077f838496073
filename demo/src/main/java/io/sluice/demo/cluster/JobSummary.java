package io.sluice.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Set;

/**
 * A job, as the cluster lists it.
 *
 * @param id 32 hexadecimal digits
 * @param name what it calls itself
 * @param state such as {@code RUNNING}
 * @param since when it was submitted; after a change of leaders, when it was recovered
 * @param runningTasks how many of its tasks run
 * @param tasks how many it has
 */
public record JobSummary(
        String id, String name, String state, Instant since, int runningTasks, int tasks) {

    /** States from which a job does not come back by itself. */
    static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");

    static JobSummary of(JsonNode job) {
        JsonNode tasks = job.path("tasks");
        return new JobSummary(
                job.path("jid").asText(),
                job.path("name").asText(),
                job.path("state").asText(),
                Instant.ofEpochMilli(job.path("start-time").asLong()),
                tasks.path("running").asInt(),
                tasks.path("total").asInt());
    }

    /** Whether it has ended, and does not come back by itself. */
    public boolean hasEnded() {
        return ENDED.contains(state);
    }
}
