package io.sluice.apps.spans;

import io.sluice.apps.delivery.Delivery;
import io.sluice.apps.delivery.Delivery.Refused;
import io.sluice.apps.delivery.Delivery.Taken;
import io.sluice.apps.delivery.HttpReceiver;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.nio.ByteBuffer;
import java.util.List;

/** Sends spans in the binary form of OTLP over HTTP (OTLP 1.x, {@code POST /v1/traces}). */
final class SpanExport {

    private static final String CONTENT_TYPE = "application/x-protobuf";
    private static final InstrumentationScope SCOPE =
            InstrumentationScope.newBuilder().setName("io.sluice").build();

    private final HttpReceiver receiver;
    private final Resource resource;

    /**
     * An export.
     *
     * @param receiver a collector
     * @param serviceName what the spans are said to be of
     */
    SpanExport(HttpReceiver receiver, String serviceName) {
        this.receiver = receiver;
        this.resource =
                Resource.newBuilder()
                        .addAttributes(
                                KeyValue.newBuilder()
                                        .setKey("service.name")
                                        .setValue(
                                                AnyValue.newBuilder().setStringValue(serviceName)))
                        .build();
    }

    /**
     * Sends them, and waits for the answer.
     *
     * @return refused also if some were taken and some were not, with how many
     */
    Delivery send(List<Span> spans) {
        ExportTraceServiceRequest request =
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(
                                ResourceSpans.newBuilder()
                                        .setResource(resource)
                                        .addScopeSpans(
                                                ScopeSpans.newBuilder()
                                                        .setScope(SCOPE)
                                                        .addAllSpans(spans)))
                        .build();
        Delivery delivery = receiver.post(CONTENT_TYPE, request.toByteArray());
        return delivery instanceof Taken taken ? judged(taken.answer(), delivery) : delivery;
    }

    /** A receiver that takes all may answer with nothing, and some do with JSON. */
    private static Delivery judged(ByteBuffer answer, Delivery delivery) {
        try {
            ExportTracePartialSuccess partial =
                    ExportTraceServiceResponse.parseFrom(ByteString.copyFrom(answer))
                            .getPartialSuccess();
            return partial.getRejectedSpans() == 0
                    ? delivery
                    : new Refused(
                            "took all but %d spans: %s"
                                    .formatted(
                                            partial.getRejectedSpans(), partial.getErrorMessage()));
        } catch (InvalidProtocolBufferException other) {
            return delivery;
        }
    }
}
