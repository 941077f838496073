package io.sluice.apps.spans;

import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The spans of one request: one for the whole, below the span of its client, with the decisions
 * about it as events; below that one for each stage. Names of attributes are those of
 * OpenTelemetry's conventions for generative AI where they have one, else ours.
 */
final class RequestSpans {

    /** Name of the span of a whole request. */
    static final String WHOLE = "inference.request";

    private static final int MOST_EVENTS = 64;

    private RequestSpans() {}

    /**
     * The spans.
     *
     * @param submitted when the broker took the request
     * @param outcome how it ended
     * @param decisions what was decided about it, in order; may be empty
     * @param parent its client's; null for a trace of its own
     */
    static List<Span> of(
            Instant submitted,
            RequestOutcome outcome,
            List<Decision> decisions,
            @Nullable TraceContext parent) {
        SpanIds ids = new SpanIds(outcome);
        ByteString trace = parent == null ? ids.trace() : parent.traceId();
        Stages stages = Stages.of(submitted, outcome, decisions);
        Span.Builder whole =
                span(ids, WHOLE, stages.startNanos(), stages.endNanos())
                        .setTraceId(trace)
                        .setKind(SpanKind.SPAN_KIND_SERVER)
                        .setStatus(status(outcome))
                        .addAllAttributes(attributes(outcome));
        if (parent != null) {
            whole.setParentSpanId(parent.spanId());
        }
        addEvents(whole, decisions);
        List<Span> spans = new ArrayList<>();
        spans.add(whole.build());
        for (Stages.Stage stage : stages.stages()) {
            String name = "inference." + stage.name();
            spans.add(
                    span(ids, name, stage.startNanos(), stage.endNanos())
                            .setTraceId(trace)
                            .setParentSpanId(whole.getSpanId())
                            .setKind(SpanKind.SPAN_KIND_INTERNAL)
                            .build());
        }
        return spans;
    }

    private static Span.Builder span(SpanIds ids, String name, long start, long end) {
        return Span.newBuilder()
                .setSpanId(ids.span(name))
                .setName(name)
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(end);
    }

    private static Status status(RequestOutcome outcome) {
        if (outcome.getOutcome() == Outcome.Completed) {
            return Status.newBuilder().setCode(StatusCode.STATUS_CODE_OK).build();
        }
        String message = outcome.getMessage();
        return Status.newBuilder()
                .setCode(StatusCode.STATUS_CODE_ERROR)
                .setMessage(message == null ? outcome.getOutcome().name() : message)
                .build();
    }

    private static List<KeyValue> attributes(RequestOutcome outcome) {
        Attributes all = new Attributes();
        all.add("sluice.request_id", outcome.getRequestId());
        all.add("sluice.fairness_id", outcome.getFairnessId());
        all.add("sluice.outcome", outcome.getOutcome().name());
        all.add("sluice.attempt", outcome.getAttempt());
        all.add("sluice.priority", outcome.getPriority());
        all.add("sluice.instance_id", outcome.getInstanceId());
        all.add("sluice.policy", outcome.getPolicy());
        all.add("sluice.service_tier", outcome.getServiceTier());
        all.add("sluice.workflow_id", outcome.getWorkflowId());
        all.add("session.id", outcome.getSessionId());
        all.add("gen_ai.request.model", outcome.getModel());
        all.add("gen_ai.usage.input_tokens", outcome.getInputTokens());
        all.add("gen_ai.usage.output_tokens", outcome.getOutputTokens());
        all.addList("gen_ai.response.finish_reasons", outcome.getFinishReason());
        if (outcome.getOutcome() != Outcome.Completed) {
            String code = outcome.getErrorCode();
            all.add("error.type", code == null ? outcome.getOutcome().name() : code);
        }
        return all.values;
    }

    private static void addEvents(Span.Builder span, List<Decision> decisions) {
        decisions.stream().limit(MOST_EVENTS).map(RequestSpans::event).forEach(span::addEvents);
        span.setDroppedEventsCount(Math.max(0, decisions.size() - MOST_EVENTS));
    }

    private static Span.Event event(Decision decision) {
        Attributes all = new Attributes();
        all.add("sluice.attempt", decision.getAttempt());
        all.add("sluice.epoch", decision.getEpoch());
        all.add("sluice.instance_id", decision.getInstanceId());
        all.add("sluice.policy", decision.getPolicy());
        all.add("sluice.queue_length", decision.getQueueLength());
        all.add("sluice.queue_position", decision.getQueuePosition());
        all.add("sluice.reason", decision.getReason());
        return Span.Event.newBuilder()
                .setTimeUnixNano(Stages.nanos(decision.getDecidedAt()))
                .setName(decision.getKind().name().toLowerCase(Locale.ROOT))
                .addAllAttributes(all.values)
                .build();
    }

    /** What is there becomes an attribute, what is not does not. */
    private static final class Attributes {
        private final List<KeyValue> values = new ArrayList<>();

        void add(String key, @Nullable String value) {
            if (value != null) {
                put(key, AnyValue.newBuilder().setStringValue(value));
            }
        }

        void add(String key, @Nullable Number value) {
            if (value != null) {
                put(key, AnyValue.newBuilder().setIntValue(value.longValue()));
            }
        }

        void addList(String key, @Nullable String value) {
            if (value != null) {
                AnyValue one = AnyValue.newBuilder().setStringValue(value).build();
                put(
                        key,
                        AnyValue.newBuilder()
                                .setArrayValue(ArrayValue.newBuilder().addValues(one)));
            }
        }

        private void put(String key, AnyValue.Builder value) {
            values.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
        }
    }
}
