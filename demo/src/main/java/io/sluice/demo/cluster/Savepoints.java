package io.sluice.demo.cluster;

import io.sluice.demo.process.Await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Savepoints of running jobs, over Flink's REST interface. */
public final class Savepoints {

    private static final JsonMapper JSON = new JsonMapper();

    private final FlinkRest rest;
    private final Duration patience;

    /**
     * Asks nobody yet.
     *
     * @param patience how long one may take
     */
    public Savepoints(FlinkRest rest, Duration patience) {
        this.rest = rest;
        this.patience = patience;
    }

    /**
     * Takes one; the job goes on.
     *
     * @param folder that gets it; null for the one of the cluster's configuration
     * @return its path
     * @throws FlinkRestException if there is no such job, or the savepoint fails
     */
    public String take(String job, String folder) {
        return await(job, "/savepoints", JSON.createObjectNode().put("target-directory", folder));
    }

    /**
     * Stops a job with one: its sources stop, and what is on its way is in the savepoint.
     *
     * @param folder that gets it; null for the one of the cluster's configuration
     * @return its path
     * @throws FlinkRestException if there is no such job, or the savepoint fails
     */
    public String stop(String job, String folder) {
        return await(job, "/stop", JSON.createObjectNode().put("targetDirectory", folder));
    }

    private String await(String job, String how, ObjectNode request) {
        String trigger = rest.post("/jobs/" + job + how, request).path("request-id").asText();
        AtomicReference<JsonNode> operation = new AtomicReference<>();
        Await.until(
                "a savepoint of job " + job,
                patience,
                () -> {
                    JsonNode answer = rest.get("/jobs/" + job + "/savepoints/" + trigger);
                    operation.set(answer.path("operation"));
                    return answer.path("status").path("id").asText().equals("COMPLETED");
                });
        JsonNode failure = operation.get().path("failure-cause");
        if (!failure.isMissingNode()) {
            throw new FlinkRestException(
                    "no savepoint of job %s: %s"
                            .formatted(
                                    job,
                                    FlinkRestException.innermost(
                                            failure.path("stack-trace").asText(), "\n")));
        }
        return operation.get().path("location").asText();
    }
}
