package io.sluice.jobs.io;

import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PayloadLocation;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.scheduling.PriorityCeilings;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.RecordLimits;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.PayloadRef;
import io.sluice.schemas.avro.WaitFor;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * From the request on the topic to what the scheduler knows of it. A request that can be told apart
 * by its id is never a dead letter: what is wrong with it becomes a verdict, and harmless values
 * stand in for the fields that made no sense.
 */
final class RequestMapping implements RecordMapping<InferenceRequest, Submission> {

    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_TENANT = "default";

    private final int inlineLimitBytes;
    private final PriorityCeilings ceilings;

    RequestMapping(int inlineLimitBytes) {
        this(inlineLimitBytes, PriorityCeilings.NONE);
    }

    RequestMapping(int inlineLimitBytes, PriorityCeilings ceilings) {
        this.inlineLimitBytes = inlineLimitBytes;
        this.ceilings = ceilings;
    }

    @Override
    public Submission map(InferenceRequest record, LogPosition position) {
        requireIdentity(record);
        List<String> faults = RequestFaults.of(record, position, inlineLimitBytes);
        Verdict verdict =
                faults.isEmpty()
                        ? null
                        : new Verdict(Outcome.REJECTED_INVALID, String.join("; ", faults));
        List<Dependency> waitFor = verdict == null ? waitFor(record) : List.of();
        return new Submission(request(record, position), verdict, waitFor);
    }

    private static List<Dependency> waitFor(InferenceRequest record) {
        return record.getWaitFor().stream().map(RequestMapping::dependency).toList();
    }

    private static Dependency dependency(WaitFor edge) {
        OnFailure rule = OnFailure.valueOf(edge.getOnFailure().name());
        return new Dependency(edge.getRequestId(), edge.getGrade(), rule);
    }

    private static void requireIdentity(InferenceRequest record) {
        if (RecordLimits.identify(record.getFairnessId(), record.getRequestId())) {
            return;
        }
        if (record.getRequestId().isBlank()) {
            throw new IllegalArgumentException("request_id is blank: the request has no identity");
        }
        throw new IllegalArgumentException(
                "request_id has %d bytes and fairness_id %d; an id above %d bytes cannot be repeated in an outcome"
                        .formatted(
                                RecordLimits.bytes(record.getRequestId()),
                                RecordLimits.bytes(record.getFairnessId()),
                                RecordLimits.ID_BYTES));
    }

    private PendingRequest request(InferenceRequest record, LogPosition position) {
        long submittedAt = position.timestampMillis();
        long deadline = millis(record.getDeadline(), PendingRequest.NEVER);
        Long ttl = record.getTtlMs();
        long ttlEnd = ttl == null || ttl < 0 ? PendingRequest.NEVER : submittedAt + ttl;
        String tenant = record.getFairnessId().isBlank() ? DEFAULT_TENANT : record.getFairnessId();
        return new PendingRequest(
                new RequestKey(tenant, record.getRequestId()),
                RecordLimits.cut(record.getModel(), RecordLimits.TEXT_BYTES),
                ceilings.cap(tenant, record.getPriority()),
                submittedAt,
                Math.min(deadline, ttlEnd < submittedAt ? PendingRequest.NEVER : ttlEnd),
                deadline,
                Math.max(0, record.getInputTokens()),
                count(record.getMaxTokens()),
                count(record.getPredictedOutputTokens()),
                new SloTarget(
                        target(record.getSloTtftMs()),
                        target(record.getSloTpotMs()),
                        target(record.getSloE2eMs())),
                text(record.getSessionId()),
                text(record.getPinnedInstance()),
                passengers(record, position));
    }

    private static Passengers passengers(InferenceRequest record, LogPosition position) {
        return new Passengers(
                record.getCreated().toEpochMilli(),
                count(record.getMinTokens()),
                text(record.getWorkflowId()),
                text(record.getServiceTier()),
                text(record.getAdapter()),
                record.getStream(),
                payload(record, position),
                text(record.getTraceparent()),
                hashes(record));
    }

    /** An inline prompt stays where it is: in the record of the request itself. */
    private static @Nullable PayloadLocation payload(
            InferenceRequest record, LogPosition position) {
        PayloadRef ref = record.getPayloadRef();
        if (ref != null) {
            String topic = text(ref.getTopic());
            return topic == null
                    ? null
                    : new PayloadLocation(topic, ref.getPartition(), ref.getOffset());
        }
        return record.getPayload() == null
                ? null
                : new PayloadLocation(position.topic(), position.partition(), position.offset());
    }

    private static BlockHashes hashes(InferenceRequest record) {
        Integer block = record.getHashBlockTokens();
        List<Long> hashes = record.getHashIds();
        boolean usable = block != null && block >= 1 && hashes.size() <= RecordLimits.HASH_IDS;
        if (hashes.isEmpty() || !usable) {
            return BlockHashes.NONE;
        }
        return new BlockHashes(block, hashes.stream().mapToLong(Long::longValue).toArray());
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }

    /** A text that is too long is left out: the request will not run. */
    private static @Nullable String text(@Nullable String text) {
        return text != null && RecordLimits.fits(text, RecordLimits.TEXT_BYTES) ? text : null;
    }

    private static int count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }

    private static double target(@Nullable Double millis) {
        boolean usable = millis != null && millis > 0 && !Double.isInfinite(millis);
        return usable ? millis : Double.NaN;
    }
}
