package io.sluice.apps.explain;

import io.sluice.apps.timeline.LaneDispatch;
import io.sluice.apps.timeline.Origin;
import io.sluice.apps.timeline.RequestTimeline;
import io.sluice.apps.timeline.TimelineJson;
import io.sluice.apps.timeline.TopicRecord;
import io.sluice.core.model.RequestKey;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.Candidate;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.avro.specific.SpecificRecord;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a whole life looks like on a terminal. */
class TimelineTextTest {

    private static final Instant ZERO = Instant.parse("2026-09-01T12:00:00Z");

    static {
        TrustedRecords.register();
    }

    private final List<TopicRecord> records = new ArrayList<>();
    private final List<LaneDispatch> sent = new ArrayList<>();
    private String requestId = "chat-7";

    private void add(Topic topic, long millis, SpecificRecord value) {
        Origin origin = new Origin(topic, 0, records.size());
        records.add(new TopicRecord(origin, at(millis), value));
    }

    private static Instant at(long millis) {
        return ZERO.plusMillis(millis);
    }

    private void submitted() {
        add(
                Topic.REQUESTS,
                0,
                InferenceRequest.newBuilder()
                        .setRequestId(requestId)
                        .setFairnessId("acme")
                        .setCreated(at(-8))
                        .setModel("llama")
                        .setInputTokens(412)
                        .setPredictedOutputTokens(200)
                        .build());
    }

    private Decision.Builder decision(DecisionKind kind, long epoch, long seq, long millis) {
        return Decision.newBuilder()
                .setKind(kind)
                .setRequestId(requestId)
                .setFairnessId("acme")
                .setAttempt(1)
                .setInstanceId("gpu-1")
                .setEpoch(epoch)
                .setSeq(seq)
                .setDecidedAt(at(millis));
    }

    private Decision.Builder route(long epoch, long millis) {
        return decision(DecisionKind.ROUTE, epoch, 1, millis)
                .setPolicy("least-outstanding")
                .setReason("done first by what is outstanding")
                .setCandidateCount(12)
                .setCandidates(
                        List.of(
                                candidate("gpu-1", -900, -2_100),
                                candidate("gpu-0", -1_450.25, -2_100)));
    }

    private static Candidate candidate(String id, double outstanding, double service) {
        return new Candidate(
                id,
                outstanding + service,
                Map.of("outstanding_ms", outstanding, "service_ms", service));
    }

    private void event(WorkerEventType type, long millis) {
        add(
                Topic.WORKER_EVENTS,
                millis + 2,
                WorkerEvent.newBuilder()
                        .setType(type)
                        .setInstanceId("gpu-1")
                        .setIncarnation(1)
                        .setSeq(records.size())
                        .setEpoch(2)
                        .setCommandEpoch(2L)
                        .setAt(at(millis))
                        .setRequestId(requestId)
                        .setFairnessId("acme")
                        .setAttempt(1)
                        .setOutputTokens(type == WorkerEventType.COMPLETED ? 187 : null)
                        .build());
    }

    private void wholeLife() {
        submitted();
        add(Topic.DECISIONS, 20, route(1, 20).build());
        add(Topic.DECISIONS, 4_000, route(2, 4_000).build());
        add(
                Topic.DECISIONS,
                14_200,
                decision(DecisionKind.DISPATCH, 2, 9, 14_200)
                        .setPolicy("priority:max-overtake=30s")
                        .setReason("class P4, by submission")
                        .setQueueLength(5)
                        .setQueuePosition(0)
                        .setPredictedOutputTokens(200)
                        .setPredictedServiceMs(2_100.0)
                        .build());
        event(WorkerEventType.ACCEPTED, 14_205);
        event(WorkerEventType.FIRST_TOKEN, 14_600);
        event(WorkerEventType.COMPLETED, 16_480);
        add(
                Topic.DECISIONS,
                16_490,
                decision(DecisionKind.END, 2, 0, 16_490)
                        .setOutcome("Completed")
                        .setPredictedOutputTokens(200)
                        .setOutputTokens(187)
                        .setPredictedServiceMs(2_100.0)
                        .setE2eMs(16_480.0)
                        .setQueueWaitMs(14_200L)
                        .build());
        add(
                Topic.OUTCOMES,
                18_000,
                RequestOutcome.newBuilder()
                        .setRequestId(requestId)
                        .setFairnessId("acme")
                        .setAttempt(1)
                        .setInstanceId("gpu-1")
                        .setOutcome(Outcome.Completed)
                        .setSettledAt(at(16_490))
                        .build());
        for (int i = 0; i < 37; i++) {
            Instant submitted = at(i < 25 ? -1_000 : 5_000);
            sent.add(
                    new LaneDispatch(
                            "gpu-1", at(4_100 + 10 * i), 2, i, "globex", "o" + i, 3, submitted, 9));
        }
    }

    private RequestTimeline life() {
        return RequestTimeline.of(new RequestKey("acme", requestId), records, sent);
    }

    @Test
    void tellsAWholeLife() {
        wholeLife();

        assertThat(new TimelineText(life(), at(60_000), List.of()).lines())
                .isEqualToNormalizingNewlines(
                        """
                        request chat-7 of acme: Completed 18.0 s after its submission. It waited 14.2 s: 10.2 s in the lane of gpu-1, which sent 37 before it by priority:max-overtake=30s; 12 of them had been submitted later, 12 of these with a higher priority; 4.0 s until it was given to a lane.

                        submitted at 2026-09-01T12:00:00Z, times are from there
                             +0.000  submitted
                                     model llama, priority 0, prompt tokens 412, predicted output tokens 200
                             +0.020  (rolled back) given to the lane of gpu-1 by least-outstanding: done first by what is outstanding
                                     candidates gpu-1 -3000 (outstanding_ms -900, service_ms -2100); gpu-0 -3550.3 (outstanding_ms -1450.3, service_ms -2100); and 10 more
                                     ... 4.0 s until it was given to a lane
                             +4.000  given to the lane of gpu-1 by least-outstanding: done first by what is outstanding
                                     candidates gpu-1 -3000 (outstanding_ms -900, service_ms -2100); gpu-0 -3550.3 (outstanding_ms -1450.3, service_ms -2100); and 10 more
                                     ... 10.2 s in the lane of gpu-1, which sent 37 before it by priority:max-overtake=30s; 12 of them had been submitted later, 12 of these with a higher priority
                            +14.200  sent to the worker of gpu-1 by priority:max-overtake=30s: class P4, by submission
                                     went ahead of 0, left waiting 5, predicted output tokens 200, predicted run 2.1 s
                                     ... 5 ms on its way to the worker
                            +14.205  gpu-1 has it
                                     ... 395 ms until its first token
                            +14.600  first token at gpu-1
                                     ... 1.9 s generating
                            +16.480  completed at gpu-1, 187 output tokens
                                     output tokens 187
                            +16.490  closed as Completed
                                     predicted output tokens 200, predicted run 2.1 s, output tokens 187, end to end 16.5 s, run 2.3 s
                                     ... 1.5 s until its outcome was committed
                            +18.000  outcome Completed
                        """);
    }

    @Test
    void saysWhatIsNotKnownOrNotRead() {
        submitted();

        assertThat(new TimelineText(life(), at(60_000), List.of("dispatch: 7 left")).lines())
                .isEqualToNormalizingNewlines(
                        """
                        request chat-7 of acme: not read by the scheduler for 60.0 s. It waited 60.0 s: 60.0 s until it was given to a lane.

                        submitted at 2026-09-01T12:00:00Z, times are from there
                             +0.000  submitted
                                     model llama, priority 0, prompt tokens 412, predicted output tokens 200
                                     ... 60.0 s until it was given to a lane

                        Not known:
                          decisions about it: no longer on their topic, left out by sluice.scheduler.decision-sampling, or none taken yet
                          its outcome: it has not ended, or its topic does not reach back

                        Not read:
                          dispatch: 7 left
                        """);
    }

    @Test
    void letsNoIdCommandTheTerminal() {
        requestId = "\u001b[2J\u0000\n\u202ehidden";
        wholeLife();

        String lines = new TimelineText(life(), at(60_000), List.of()).lines();

        assertThat(lines).startsWith("request \\u{1b}[2J\\u{0}\\u{a}\\u{202e}hidden of acme: ");
        assertThat(lines.codePoints().filter(Character::isISOControl).distinct().boxed())
                .allMatch(point -> point == '\n' || point == '\r');
    }

    @Test
    void jsonHoldsTheSame() {
        wholeLife();

        String json = TimelineJson.of(life(), at(60_000), List.of("nothing"));

        assertThat(json)
                .startsWith("{\"request_id\":\"chat-7\",\"fairness_id\":\"acme\",\"headline\":")
                .contains(
                        "{\"kind\":\"QUEUE\",\"from\":\"2026-09-01T12:00:04Z\",\"to\":\"2026-09-01T12:00:14.200Z\",\"ms\":10200,\"wait\":true,\"instance_id\":\"gpu-1\",\"attempt\":1,")
                .contains("\"rolled_back\":true")
                .contains("\"origins\":[\"decisions-0-3\"]")
                .endsWith("\"missing\":[],\"unread\":[\"nothing\"],\"repeats\":0}");
        requestId = "</script>\u2028\"\\";
        assertThat(TimelineJson.of(life(), at(0), List.of()))
                .contains("\"request_id\":\"</script>\u2028\\\"\\\\\"");
    }
}
