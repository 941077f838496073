package io.sluice.demo.cluster;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import javax.net.ssl.SSLHandshakeException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Flink's REST interface, as far as it is needed to run a jar on a cluster and watch it. Job ids
 * are the 32 hexadecimal digits that Flink gives.
 */
public final class FlinkRest {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;
    private final List<URI> bases;

    /** The one that answered last: where several are, some may be down. */
    private volatile URI base;

    /**
     * Does not connect yet.
     *
     * @param base scheme, host and port
     */
    public FlinkRest(URI base) {
        this(base, RestTls.USUAL);
    }

    /**
     * Does not connect yet.
     *
     * @param base scheme, host and port
     * @param tls whom to trust, if the scheme is {@code https}
     * @throws FlinkRestException if the certificates cannot be used
     */
    public FlinkRest(URI base, RestTls tls) {
        this(List.of(base), tls);
    }

    /**
     * Does not connect yet.
     *
     * @param bases scheme, host and port of each job manager: whichever answers does so for the one
     *     that leads
     * @param tls whom to trust, if the scheme is {@code https}
     * @throws FlinkRestException if the certificates cannot be used
     */
    public FlinkRest(List<URI> bases, RestTls tls) {
        this.bases = List.copyOf(bases);
        this.base = bases.get(0);
        this.client = tls.client();
    }

    /** How many task managers have registered. */
    public int taskManagers() {
        return get("/overview").path("taskmanagers").asInt();
    }

    /** What the task managers that have registered are called. */
    public List<String> taskManagerIds() {
        return StreamSupport.stream(get("/taskmanagers").path("taskmanagers").spliterator(), false)
                .map(taskManager -> taskManager.path("id").asText())
                .toList();
    }

    /** All jobs that the cluster remembers, those that have ended among them. */
    public List<JobSummary> jobs() {
        return StreamSupport.stream(get("/jobs/overview").path("jobs").spliterator(), false)
                .map(JobSummary::of)
                .toList();
    }

    /**
     * Uploads a jar and starts the job in it.
     *
     * @param jar the job jar
     * @param mainClass fully qualified
     * @param arguments of the main class
     * @return the job's id
     * @throws FlinkRestException if Flink refuses, with its reason
     */
    public String run(Path jar, String mainClass, List<String> arguments) {
        return run(jar, JobStart.of(mainClass, arguments));
    }

    /**
     * Uploads a jar and starts a job in it.
     *
     * @param jar the job jar
     * @return the job's id
     * @throws FlinkRestException if Flink refuses, with its reason
     */
    public String run(Path jar, JobStart start) {
        ObjectNode body = JSON.createObjectNode().put("entryClass", start.mainClass());
        body.putPOJO("programArgsList", start.arguments());
        if (start.parallelism() != null) {
            body.put("parallelism", start.parallelism());
        }
        if (start.savepoint() != null) {
            body.put("savepointPath", start.savepoint());
            body.put("allowNonRestoredState", start.allowNonRestoredState());
        }
        return post("/jars/" + upload(jar) + "/run", body).path("jobid").asText();
    }

    private String upload(Path jar) {
        String boundary = "sluice-jar-boundary";
        HttpRequest request =
                request("/jars/upload")
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(multipart(jar, boundary))
                        .build();
        String stored = send(request).path("filename").asText();
        return stored.substring(stored.lastIndexOf('/') + 1);
    }

    private static BodyPublisher multipart(Path jar, String boundary) {
        String head =
                """
                --%s\r
                Content-Disposition: form-data; name="jarfile"; filename="%s"\r
                Content-Type: application/x-java-archive\r
                \r
                """
                        .formatted(boundary, jar.getFileName());
        try {
            return BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofFile(jar),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        } catch (IOException exception) {
            throw new FlinkRestException("cannot read the jar " + jar, exception);
        }
    }

    /** The job's status, such as {@code RUNNING}. */
    public String status(String job) {
        return get("/jobs/" + job).path("state").asText();
    }

    /**
     * Waits until every task of the job runs.
     *
     * @throws AwaitException if it does not in time, or ends instead, with its last failure
     */
    public void awaitRunning(String job, Duration timeout) {
        try {
            Await.until("all tasks of job " + job + " to run", timeout, () -> allTasksRun(job));
        } catch (AwaitException exception) {
            throw new AwaitException(exception.getMessage() + lastFailure(job), exception);
        }
    }

    private String lastFailure(String job) {
        try {
            JsonNode newest = get("/jobs/" + job + "/exceptions").at("/exceptionHistory/entries/0");
            String trace = newest.path("stacktrace").asText();
            return trace.isEmpty() ? "" : ": " + FlinkRestException.innermost(trace, "\n");
        } catch (FlinkRestException unknown) {
            return "";
        }
    }

    private boolean allTasksRun(String job) {
        JsonNode details = get("/jobs/" + job);
        String state = details.path("state").asText();
        if (JobSummary.ENDED.contains(state)) {
            throw new AwaitException("job " + job + " is " + state + " instead of running");
        }
        // A job that is being recovered has no vertices yet, all of which would run.
        return state.equals("RUNNING")
                && StreamSupport.stream(details.path("vertices").spliterator(), false)
                        .allMatch(FlinkRest::runs);
    }

    private static boolean runs(JsonNode vertex) {
        return vertex.path("tasks").path("RUNNING").asInt() == vertex.path("parallelism").asInt();
    }

    /** How many checkpoints the job has completed. */
    public int completedCheckpoints(String job) {
        return checkpointCount(job, "completed");
    }

    /** How many times the job has been restored from a checkpoint. */
    public int restoredCheckpoints(String job) {
        return checkpointCount(job, "restored");
    }

    private int checkpointCount(String job, String kind) {
        return get("/jobs/" + job + "/checkpoints").path("counts").path(kind).asInt();
    }

    /** Cancels a job and waits until all of its tasks have ended. */
    public void cancel(String job) {
        send(
                request("/jobs/" + job + "?mode=cancel")
                        .method("PATCH", BodyPublishers.noBody())
                        .build());
        Await.until(
                "job " + job + " to be cancelled",
                CALL_TIMEOUT,
                () -> status(job).equals("CANCELED"));
    }

    /**
     * Asks for a page of the interface.
     *
     * @param path with the leading slash
     * @return the parsed answer
     * @throws FlinkRestException if there is none, or it is an error
     */
    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /**
     * Sends an order to the interface.
     *
     * @param path with the leading slash
     * @return the parsed answer
     * @throws FlinkRestException if there is none, or it is an error
     */
    public JsonNode post(String path, JsonNode body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(CALL_TIMEOUT);
    }

    private JsonNode send(HttpRequest request) {
        String call = request.method() + " " + request.uri();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                String reason = FlinkRestException.reasonIn(response.body());
                throw new FlinkRestException(
                        "%s: HTTP %d, %s".formatted(call, response.statusCode(), reason));
            }
            return JSON.readTree(response.body());
        } catch (JsonProcessingException exception) {
            throw new FlinkRestException(call + ": the answer is no JSON", exception);
        } catch (SSLHandshakeException exception) {
            throw new FlinkRestException(
                    "%s: %s; --rest-ca names the authority of its certificate, --rest-key our own"
                            .formatted(call, exception.getMessage()),
                    exception);
        } catch (IOException exception) {
            // What is called next is another one; the caller knows whether to call again.
            base = bases.get((bases.indexOf(base) + 1) % bases.size());
            throw new FlinkRestException(call + ": no answer, " + exception, exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new FlinkRestException(call + ": interrupted", exception);
        }
    }
}
