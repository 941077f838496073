package io.sluice.apps.spans;

import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import static io.sluice.apps.spans.Ends.decision;
import static org.assertj.core.api.Assertions.assertThat;

class RequestSpansTest {

    private static final TraceContext PARENT =
            TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final List<Decision> DECISIONS =
            List.of(decision(DecisionKind.ROUTE, 2, 300), decision(DecisionKind.DISPATCH, 2, 700));

    private static List<Span> spans(RequestOutcome outcome, TraceContext parent) {
        return RequestSpans.of(Ends.START, outcome, DECISIONS, parent);
    }

    private static String attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .map(
                        one ->
                                one.getKey()
                                        + "="
                                        + (one.getValue().hasIntValue()
                                                ? one.getValue().getIntValue()
                                                : one.getValue().getStringValue()))
                .collect(Collectors.joining(" "));
    }

    @Test
    void theWholeIsBelowTheClientsSpanAndTheStagesBelowTheWhole() {
        List<Span> spans = spans(Ends.completed(), PARENT);

        assertThat(spans)
                .extracting(Span::getName)
                .containsExactly(
                        "inference.request",
                        "inference.route",
                        "inference.queue",
                        "inference.prefill",
                        "inference.decode");
        Span whole = spans.get(0);
        assertThat(whole.getParentSpanId()).isEqualTo(PARENT.spanId());
        assertThat(whole.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(whole.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_OK);
        assertThat(spans).allMatch(span -> span.getTraceId().equals(PARENT.traceId()));
        assertThat(spans.subList(1, 5))
                .allMatch(span -> span.getParentSpanId().equals(whole.getSpanId()))
                .allMatch(span -> span.getKind() == SpanKind.SPAN_KIND_INTERNAL);
        assertThat(spans).extracting(Span::getSpanId).doesNotHaveDuplicates();
        assertThat(whole.getEndTimeUnixNano() - whole.getStartTimeUnixNano())
                .isEqualTo(2_000_250_000L);
    }

    @Test
    void saysWhatTheOutcomeSaysAndWhatWasDecided() {
        Span whole = spans(Ends.completed(), PARENT).get(0);

        assertThat(attributes(whole.getAttributesList()))
                .contains("sluice.request_id=r sluice.fairness_id=acme sluice.outcome=Completed")
                .contains("gen_ai.request.model=llama gen_ai.usage.input_tokens=100")
                .contains("gen_ai.usage.output_tokens=20")
                .doesNotContain("session.id", "error.type");
        assertThat(whole.getEventsList())
                .extracting(Span.Event::getName)
                .containsExactly("route", "dispatch");
        assertThat(attributes(whole.getEvents(0).getAttributesList()))
                .contains("sluice.instance_id=gpu-1", "sluice.reason=why");
    }

    @Test
    void whatDidNotCompleteIsAnError() {
        RequestOutcome failed =
                Ends.outcome(Outcome.Failed, 900).setErrorCode("oom").setMessage("full").build();
        Span whole = spans(failed, PARENT).get(0);

        assertThat(whole.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(whole.getStatus().getMessage()).isEqualTo("full");
        assertThat(attributes(whole.getAttributesList())).contains("error.type=oom");
    }

    @Test
    void theSameRequestHasTheSameIdsAndAnotherOneOthers() {
        assertThat(spans(Ends.completed(), null)).isEqualTo(spans(Ends.completed(), null));
        RequestOutcome other =
                RequestOutcome.newBuilder(Ends.completed()).setFairnessId("umbra").build();

        assertThat(spans(other, null).get(0).getTraceId())
                .isNotEqualTo(spans(Ends.completed(), null).get(0).getTraceId());
        assertThat(spans(other, PARENT).get(0).getSpanId())
                .isNotEqualTo(spans(Ends.completed(), PARENT).get(0).getSpanId());
        assertThat(spans(other, null).get(0).getParentSpanId().isEmpty()).isTrue();
        assertThat(spans(other, null).get(0).getTraceId().size()).isEqualTo(16);
        assertThat(spans(other, null).get(0).getSpanId().size()).isEqualTo(8);
    }

    @Test
    void saysHowManyDecisionsItDoesNotTell() {
        List<Decision> many = Collections.nCopies(70, decision(DecisionKind.HOLD, 0, 1));
        Span whole = RequestSpans.of(Ends.START, Ends.completed(), many, PARENT).get(0);

        assertThat(whole.getEventsCount()).isEqualTo(64);
        assertThat(whole.getDroppedEventsCount()).isEqualTo(6);
    }
}
