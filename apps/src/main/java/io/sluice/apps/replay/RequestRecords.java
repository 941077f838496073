package io.sluice.apps.replay;

import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.apps.trace.shape.Target;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.WaitFor;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** From a request of a trace to the records on the topics. */
final class RequestRecords {

    static {
        // Records are built here before any codec is asked for.
        TrustedRecords.register();
    }

    private static final String DEFAULT_TENANT = "default";
    private static final String ISSUER = "replay";

    private final RequestFields fields;

    RequestRecords(RequestFields fields) {
        this.fields = fields;
    }

    String id(ShapedRequest request) {
        return fields.ids().id(request.timed().request().sequence());
    }

    /**
     * The request as a client would submit it, without its prompt.
     *
     * @param created when it is due
     */
    InferenceRequest.Builder request(ShapedRequest shaped, Instant created) {
        TraceRequest request = shaped.timed().request();
        InferenceRequest.Builder record =
                InferenceRequest.newBuilder()
                        .setRequestId(id(shaped))
                        .setFairnessId(tenant(shaped))
                        .setCreated(created)
                        .setModel(fields.model().of(request.caller().model()))
                        .setPriority(shaped.priority())
                        .setSessionId(request.caller().sessionId());
        lengths(record, shaped);
        targets(record, shaped, created);
        blocks(record, request.prefix());
        predecessors(record, request);
        return record;
    }

    /** Requests without a conversation continue none. */
    private void predecessors(InferenceRequest.Builder record, TraceRequest request) {
        String conversation = request.caller().sessionId();
        if (!fields.waitsForOthers() || conversation == null) {
            return;
        }
        record.setWorkflowId(conversation)
                .setWaitFor(
                        request.waitFor().stream()
                                .map(fields.ids()::id)
                                .map(id -> WaitFor.newBuilder().setRequestId(id).build())
                                .toList());
    }

    /** The recorded length is cut by the limit: an engine must not be told to go beyond it. */
    private void lengths(InferenceRequest.Builder record, ShapedRequest shaped) {
        var tokens = shaped.timed().request().tokens();
        int limit = shaped.maxTokens().orElse(Integer.MAX_VALUE);
        int produced = Math.min(tokens.outputTokens(), limit);
        record.setInputTokens(tokens.promptTokens())
                .setMinTokens(produced)
                .setMaxTokens(shaped.maxTokens().isPresent() ? limit : null)
                .setPredictedOutputTokens(fields.prediction().of(tokens, produced));
    }

    /** Whole milliseconds, and at least one: a speedup may leave less. */
    private static void targets(
            InferenceRequest.Builder record, ShapedRequest shaped, Instant created) {
        record.setSloTtftMs(boxed(shaped.millis(Target.TTFT)))
                .setSloTpotMs(boxed(shaped.millis(Target.TPOT)))
                .setSloE2eMs(boxed(shaped.millis(Target.E2E)));
        shaped.millis(Target.TTL).ifPresent(ttl -> record.setTtlMs(Math.max(1, Math.round(ttl))));
        shaped.millis(Target.DEADLINE)
                .ifPresent(
                        millis ->
                                record.setDeadline(
                                        created.plusMillis(Math.max(1, Math.round(millis)))));
    }

    private static void blocks(InferenceRequest.Builder record, PrefixBlocks prefix) {
        if (!prefix.hashIds().isEmpty()) {
            record.setHashIds(prefix.hashIds()).setHashBlockTokens(prefix.blockTokens());
        } else {
            record.setHashIds(List.of());
        }
    }

    /** The order to end a request. */
    ControlEvent cancel(ShapedRequest shaped, Instant issuedAt) {
        return ControlEvent.newBuilder()
                .setType(ControlType.CANCEL)
                .setFairnessId(tenant(shaped))
                .setRequestId(id(shaped))
                .setReason("cancelled by the replay")
                .setIssuedAt(issuedAt)
                .setIssuedBy(ISSUER)
                .build();
    }

    private static String tenant(ShapedRequest shaped) {
        String tenant = shaped.timed().request().caller().tenant();
        return tenant == null || tenant.isBlank() ? DEFAULT_TENANT : tenant;
    }

    private static @Nullable Double boxed(OptionalDouble millis) {
        return millis.isPresent() ? millis.getAsDouble() : null;
    }
}
