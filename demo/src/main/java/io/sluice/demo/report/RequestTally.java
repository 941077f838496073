package io.sluice.demo.report;

import io.sluice.core.model.RequestKey;
import io.sluice.schemas.RecordLimits;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Matches outcomes with requests. Requests are to be added first. Of each outcome a digest is kept,
 * not the record: enough to tell a repetition from a contradiction.
 */
final class RequestTally {

    private static final byte[] NONE_YET = {};

    private final Map<RequestKey, byte[]> requests = new HashMap<>();
    private final SortedMap<String, Long> outcomes = new TreeMap<>();
    private final MessageDigest digest = sha256();
    private long duplicate;
    private long reemitted;
    private long unexpected;
    private long resubmitted;

    /** Counts a request; one with a blank id has no identity and is a dead letter instead. */
    void request(InferenceRequest request) {
        RequestKey key = key(request.getFairnessId(), request.getRequestId());
        if (key != null && requests.putIfAbsent(key, NONE_YET) != null) {
            resubmitted++;
        }
    }

    /**
     * Counts an outcome.
     *
     * @param bytes the record as it was on the topic
     * @return whether it is the first of a request that was submitted
     */
    boolean outcome(RequestOutcome outcome, byte[] bytes) {
        RequestKey key = key(outcome.getFairnessId(), outcome.getRequestId());
        byte[] before = key == null ? null : requests.get(key);
        if (key == null || before == null) {
            unexpected++;
            return false;
        }
        byte[] now = digest.digest(bytes);
        if (before.length == 0) {
            requests.put(key, now);
            outcomes.merge(outcome.getOutcome().name(), 1L, Long::sum);
            return true;
        }
        if (Arrays.equals(before, now)) {
            reemitted++;
        } else {
            duplicate++;
        }
        return false;
    }

    RequestAccount account() {
        long missing = requests.values().stream().filter(seen -> seen.length == 0).count();
        return new RequestAccount(
                requests.size(), outcomes, missing, duplicate, reemitted, unexpected, resubmitted);
    }

    /** A request without a tenant is one of the default tenant, as in the schema. */
    private static @Nullable RequestKey key(String tenant, String requestId) {
        if (!RecordLimits.identify(tenant, requestId)) {
            return null;
        }
        return new RequestKey(tenant.isBlank() ? "default" : tenant, requestId);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every Java has SHA-256", exception);
        }
    }
}
