package io.sluice.jobs.io;

import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.RecordLimits;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.OnFailure;
import io.sluice.schemas.avro.PayloadRef;
import io.sluice.schemas.avro.WaitFor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes a readable request impossible to honour. Each fault names the field, its value, and
 * what would be right.
 */
final class RequestFaults {

    private static final Duration FURTHEST_DEADLINE = Duration.ofDays(366);
    private static final Duration FURTHEST_PAST = Duration.ofDays(366);
    private static final Duration CLOCK_ERROR = Duration.ofDays(1);

    private final List<String> faults = new ArrayList<>();

    private RequestFaults() {}

    /** All faults of a request; empty if it is sound. */
    static List<String> of(InferenceRequest record, LogPosition position, int inlineLimitBytes) {
        RequestFaults check = new RequestFaults();
        check.texts(record);
        check.lengths(record);
        check.hashes(record);
        check.times(record, Instant.ofEpochMilli(position.timestampMillis()));
        check.targets(record);
        check.payload(record, inlineLimitBytes);
        check.reference(record.getPayloadRef(), position.topic());
        check.edges(record);
        return check.faults;
    }

    private void texts(InferenceRequest record) {
        if (record.getFairnessId().isBlank()) {
            faults.add("fairness_id is blank; leave it out for the default tenant");
        }
        if (record.getModel().isBlank()) {
            faults.add("model is blank");
        }
        faults.addAll(LongTexts.faults(record));
    }

    private void lengths(InferenceRequest record) {
        notNegative("input_tokens", record.getInputTokens());
        notNegative("min_tokens", record.getMinTokens());
        notNegative("predicted_output_tokens", record.getPredictedOutputTokens());
        Integer max = record.getMaxTokens();
        if (max != null && max < 1) {
            faults.add("max_tokens is %d; it must be at least 1".formatted(max));
        }
        Integer min = record.getMinTokens();
        if (max != null && min != null && min > max) {
            faults.add("min_tokens %d is above max_tokens %d".formatted(min, max));
        }
    }

    private void hashes(InferenceRequest record) {
        int hashes = record.getHashIds().size();
        Integer block = record.getHashBlockTokens();
        if (hashes > 0 && (block == null || block < 1)) {
            faults.add("hash_ids are given without a hash_block_tokens of at least 1");
        }
        if (hashes > RecordLimits.HASH_IDS) {
            faults.add(
                    "hash_ids has %d hashes, above the limit of %d; hash larger blocks"
                            .formatted(hashes, RecordLimits.HASH_IDS));
        }
    }

    private void notNegative(String field, @Nullable Integer tokens) {
        if (tokens != null && tokens < 0) {
            faults.add("%s is %d; it must not be negative".formatted(field, tokens));
        }
    }

    private void times(InferenceRequest record, Instant submitted) {
        Instant created = record.getCreated();
        if (created.isBefore(submitted.minus(FURTHEST_PAST))
                || created.isAfter(submitted.plus(CLOCK_ERROR))) {
            faults.add("created %s is absurd beside the broker's %s".formatted(created, submitted));
        }
        Instant deadline = record.getDeadline();
        if (deadline != null
                && (deadline.isBefore(submitted.minus(FURTHEST_PAST))
                        || deadline.isAfter(submitted.plus(FURTHEST_DEADLINE)))) {
            faults.add("deadline %s is absurd at %s".formatted(deadline, submitted));
        }
        Long ttl = record.getTtlMs();
        if (ttl != null && (ttl < 1 || ttl > FURTHEST_DEADLINE.toMillis())) {
            faults.add("ttl_ms is %d; it must be positive and at most a year".formatted(ttl));
        }
    }

    private void targets(InferenceRequest record) {
        target("slo_ttft_ms", record.getSloTtftMs());
        target("slo_tpot_ms", record.getSloTpotMs());
        target("slo_e2e_ms", record.getSloE2eMs());
    }

    private void target(String field, @Nullable Double millis) {
        if (millis != null && !(millis > 0 && millis < Double.POSITIVE_INFINITY)) {
            faults.add("%s is %s; it must be a positive number".formatted(field, millis));
        }
    }

    private void edges(InferenceRequest record) {
        List<WaitFor> edges = record.getWaitFor();
        String workflow = record.getWorkflowId();
        if (!edges.isEmpty() && (workflow == null || workflow.isBlank())) {
            faults.add(
                    "wait_for names %d requests, but there is no workflow_id; requests that wait for one another share one"
                            .formatted(edges.size()));
        }
        if (edges.size() > RecordLimits.WAIT_FOR) {
            faults.add(
                    "wait_for names %d requests, above the limit of %d; join them in steps"
                            .formatted(edges.size(), RecordLimits.WAIT_FOR));
            return;
        }
        edges.forEach(this::edge);
    }

    private void edge(WaitFor edge) {
        String id = edge.getRequestId();
        if (!RecordLimits.identify("", id)) {
            faults.add(
                    "wait_for names a request by an id of %d bytes; it must have 1 to %d, not all blank"
                            .formatted(RecordLimits.bytes(id), RecordLimits.ID_BYTES));
            return;
        }
        if (edge.getGrade() < 0) {
            faults.add(
                    "the grade of wait_for '%s' is %d; it must not be negative"
                            .formatted(id, edge.getGrade()));
        }
        if (edge.getOnFailure() == OnFailure.UNKNOWN) {
            faults.add(
                    "on_failure of wait_for '%s' is not known to this version; use FAIL, REPLAN or RELEASE"
                            .formatted(id));
        }
    }

    private void payload(InferenceRequest record, int inlineLimitBytes) {
        if (record.getPayload() == null) {
            return;
        }
        if (record.getPayloadRef() != null) {
            faults.add("both payload and payload_ref are set; set one");
        }
        int bytes = record.getPayload().remaining();
        if (bytes > inlineLimitBytes) {
            faults.add(
                    "payload has %d bytes, above the inline limit of %d; write it to the payloads topic and set payload_ref"
                            .formatted(bytes, inlineLimitBytes));
        }
    }

    /**
     * Prompts lie in one topic. A reference to another, such as that of the requests, would have a
     * worker read what somebody else asks for.
     */
    private void reference(@Nullable PayloadRef ref, String requests) {
        String suffix = Topic.REQUESTS.suffix();
        if (ref == null || !requests.endsWith(suffix)) {
            return;
        }
        if (!RecordLimits.fits(ref.getTopic(), RecordLimits.TEXT_BYTES)) {
            // Named among the texts that are too long.
            return;
        }
        String prefix = requests.substring(0, requests.length() - suffix.length());
        String payloads = prefix + Topic.PAYLOADS.suffix();
        if (!ref.getTopic().equals(payloads)) {
            faults.add("payload_ref names another topic than %s".formatted(payloads));
        }
        if (ref.getPartition() < 0 || ref.getOffset() < 0) {
            faults.add(
                    "payload_ref names partition %d and offset %d; there are none below 0"
                            .formatted(ref.getPartition(), ref.getOffset()));
        }
    }
}
