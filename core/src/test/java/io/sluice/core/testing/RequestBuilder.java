package io.sluice.core.testing;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Prediction;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;

/** Makes requests of which a test names only what it is about. */
public final class RequestBuilder {

    /** Tenant of a request that names none. */
    public static final String TENANT = "tenant";

    private String tenant = TENANT;
    private String requestId;
    private String model = "llama";
    private int priority;
    private long submittedAtMillis;
    private long expiresAtMillis = PendingRequest.NEVER;
    private long deadlineMillis = PendingRequest.NEVER;
    private int inputTokens = 10;
    private int maxTokens = 10;
    private int predictedOutputTokens;
    private double lengthScore = Double.NaN;
    private BlockHashes hashes = BlockHashes.NONE;
    private Progress progress = Progress.NONE;
    private String sessionId;
    private String pinnedInstance;
    private String workflowId;

    private RequestBuilder(String requestId) {
        this.requestId = requestId;
    }

    /**
     * A request of 10 prompt and at most 10 output tokens, priority 0, submitted at 0, in no hurry.
     */
    public static RequestBuilder request(String requestId) {
        return new RequestBuilder(requestId);
    }

    /** The key of the request with this id. */
    public static RequestKey key(String requestId) {
        return new RequestKey(TENANT, requestId);
    }

    /** Sets who submitted it. */
    public RequestBuilder tenant(String name) {
        tenant = name;
        return this;
    }

    /** Sets its id. */
    public RequestBuilder id(String name) {
        requestId = name;
        return this;
    }

    /** Sets the model. */
    public RequestBuilder model(String name) {
        model = name;
        return this;
    }

    /** Sets the priority; higher is more important. */
    public RequestBuilder priority(int value) {
        priority = value;
        return this;
    }

    /** Sets the time of submission. */
    public RequestBuilder submittedAt(long millis) {
        submittedAtMillis = millis;
        return this;
    }

    /** Sets when it must have started; a time to live, no deadline. */
    public RequestBuilder expiresAt(long millis) {
        expiresAtMillis = millis;
        return this;
    }

    /** Sets the deadline, at which it also expires. */
    public RequestBuilder deadline(long millis) {
        deadlineMillis = millis;
        expiresAtMillis = millis;
        return this;
    }

    /** Sets the prompt's length and the most output tokens. */
    public RequestBuilder tokens(int input, int max) {
        inputTokens = input;
        maxTokens = max;
        return this;
    }

    /** Sets the expected output length. */
    public RequestBuilder predicted(int output) {
        predictedOutputTokens = output;
        return this;
    }

    /** Sets the score by which rankings go. */
    public RequestBuilder score(double value) {
        lengthScore = value;
        return this;
    }

    /** Sets what earlier runs have done. */
    public RequestBuilder progress(Progress value) {
        progress = value;
        return this;
    }

    /** Sets the hashes of its prompt's blocks. */
    public RequestBuilder hashes(BlockHashes value) {
        hashes = value;
        return this;
    }

    /** Sets the conversation. */
    public RequestBuilder session(String id) {
        sessionId = id;
        return this;
    }

    /** Makes it part of a workflow. */
    public RequestBuilder workflow(String id) {
        workflowId = id;
        return this;
    }

    /** Pins it to an instance. */
    public RequestBuilder pinnedTo(String instanceId) {
        pinnedInstance = instanceId;
        return this;
    }

    /** Makes the request. */
    public PendingRequest build() {
        return new PendingRequest(
                new RequestKey(tenant, requestId),
                model,
                priority,
                submittedAtMillis,
                expiresAtMillis,
                deadlineMillis,
                inputTokens,
                maxTokens,
                new Prediction(predictedOutputTokens, lengthScore),
                progress,
                0,
                SloTarget.NONE,
                sessionId,
                pinnedInstance,
                new Passengers(
                        submittedAtMillis, 0, workflowId, null, null, false, null, null, hashes));
    }
}
