package io.sluice.apps.timeline;

import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.HandBack;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WaitFor;
import io.sluice.schemas.avro.WorkerEvent;

import org.apache.avro.specific.SpecificRecord;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What each kind of record tells of a request. */
final class RecordFacts {

    private RecordFacts() {}

    /** What the record tells, or null if it tells nothing of any request. */
    static @Nullable Fact of(TopicRecord record) {
        SpecificRecord value = record.value();
        if (value instanceof InferenceRequest request) {
            return submitted(request, record);
        }
        if (value instanceof Decision decision) {
            return DecisionFact.of(decision, record.origin());
        }
        if (value instanceof DispatchCommand command && command.getRequestId() != null) {
            return commanded(command, record.origin());
        }
        if (value instanceof WorkerEvent event && event.getRequestId() != null) {
            return WorkerFact.of(event, record);
        }
        if (value instanceof HandBack handBack) {
            return handedBack(handBack, record.origin());
        }
        if (value instanceof ControlEvent order && order.getRequestId() != null) {
            return ordered(order, record.origin());
        }
        return value instanceof RequestOutcome outcome ? committed(outcome, record) : null;
    }

    /** Each record of a submission is one, even if it says the same as the one before. */
    private static Fact submitted(InferenceRequest request, TopicRecord record) {
        EntryDraft draft =
                EntryDraft.of(Stage.SUBMITTED, "SUBMITTED", record.stamped(), TimeSource.BROKER)
                        .detail("model", request.getModel())
                        .detail("priority", request.getPriority())
                        .detail("prompt tokens", request.getInputTokens())
                        .detail("at most output tokens", request.getMaxTokens())
                        .detail("predicted output tokens", request.getPredictedOutputTokens())
                        .detail("made by the client at", request.getCreated())
                        .detail("deadline", request.getDeadline())
                        .millis("longest time in queue", request.getTtlMs())
                        .millis("target of time to first token", request.getSloTtftMs())
                        .millis("target of time per output token", request.getSloTpotMs())
                        .millis("target of end to end", request.getSloE2eMs())
                        .detail("session", request.getSessionId())
                        .detail("workflow", request.getWorkflowId())
                        .detail("service tier", request.getServiceTier())
                        .detail("pinned to", request.getPinnedInstance());
        String what = "submitted" + waitingFor(request.getWaitFor());
        return new Fact(List.of("submitted", record.origin()), draft.entry(what, record.origin()));
    }

    private static String waitingFor(List<WaitFor> others) {
        List<String> held =
                others.stream()
                        .filter(other -> other.getGrade() <= 0)
                        .map(WaitFor::getRequestId)
                        .toList();
        return held.isEmpty()
                ? ""
                : held.stream().limit(5).collect(Collectors.joining(", ", ", to run after ", ""))
                        + (held.size() > 5 ? " and " + (held.size() - 5) + " more" : "");
    }

    private static Fact commanded(DispatchCommand command, Origin origin) {
        String where = command.getInstanceId();
        String kind = command.getType().name();
        EntryDraft draft =
                EntryDraft.of(Stage.DISPATCH, kind, command.getDecidedAt(), TimeSource.JOB)
                        .run(where, command.getAttempt(), command.getEpoch())
                        .detail("policy", command.getPolicy())
                        .detail("policy changes", command.getPolicyVersion())
                        .detail("left waiting", command.getQueueLength())
                        .millis("since submission", command.getQueueWaitMs());
        String what =
                command.getType() == CommandType.DISPATCH
                        ? "sent to the worker of " + where
                        : "the worker of " + where + " is told to " + verb(command.getType());
        return new Fact(
                Fact.identity(
                        kind, where, command.getAttempt(), command.getEpoch(), command.getSeq()),
                draft.entry(what + DecisionFact.because(command.getReason()), origin));
    }

    private static String verb(CommandType type) {
        return switch (type) {
            case CANCEL -> "stop its run";
            case PREEMPT -> "interrupt its run";
            case DISPATCH, SYNC, FENCE, DRAIN, UNDRAIN, UNKNOWN -> type.name();
        };
    }

    private static Fact handedBack(HandBack handBack, Origin origin) {
        String where = handBack.getInstanceId();
        EntryDraft draft =
                EntryDraft.of(Stage.RELEASE, "RELEASE", handBack.getReleasedAt(), TimeSource.JOB)
                        .run(where, handBack.getAttempt(), handBack.getEpoch())
                        .detail("why", handBack.getReason())
                        .detail("error code", handBack.getErrorCode());
        if (handBack.getGeneratedTokens() > 0) {
            draft.detail("output tokens so far", handBack.getGeneratedTokens());
        }
        String message = handBack.getMessage();
        String why = handBack.getReason() + (message == null ? "" : ": " + message);
        return new Fact(
                Fact.identity("RELEASE", where, handBack.getAttempt(), handBack.getEpoch(), 0),
                draft.entry("the lane of " + where + " lets go of it: " + why, origin));
    }

    private static Fact ordered(ControlEvent order, Origin origin) {
        String kind = order.getType().name();
        String who = order.getIssuedBy() == null ? "" : " by " + order.getIssuedBy();
        String what =
                switch (order.getType()) {
                    case CANCEL -> "its end is ordered";
                    case REPRIORITISE -> "priority " + order.getPriority() + " is ordered";
                    case DRAIN, UNDRAIN, POLICY, OBJECTIVE, UNKNOWN -> kind + " is ordered";
                };
        Instant at = order.getIssuedAt();
        return new Fact(
                List.of("order", kind, at, String.valueOf(order.getPriority())),
                EntryDraft.of(Stage.ORDER, kind, at, TimeSource.ISSUER)
                        .entry(what + who + DecisionFact.because(order.getReason()), origin));
    }

    private static Fact committed(RequestOutcome outcome, TopicRecord record) {
        EntryDraft draft =
                EntryDraft.of(
                                Stage.OUTCOME,
                                outcome.getOutcome().name(),
                                record.stamped(),
                                TimeSource.BROKER)
                        .run(outcome.getInstanceId(), outcome.getAttempt(), null)
                        .detail("settled at", outcome.getSettledAt())
                        .detail("error code", outcome.getErrorCode())
                        .detail("finish reason", outcome.getFinishReason())
                        .detail("output tokens", outcome.getOutputTokens())
                        .millis("in queue", outcome.getQueueWaitMs())
                        .millis("time to first token", outcome.getTtftMs())
                        .millis("time per output token", outcome.getTpotMs())
                        .millis("end to end", outcome.getE2eMs())
                        .detail("all targets met", outcome.getSloMet());
        String what =
                "outcome " + outcome.getOutcome() + DecisionFact.because(outcome.getMessage());
        return new Fact(
                List.of("outcome", outcome.getSettledAt(), outcome.getOutcome()),
                draft.entry(what, record.origin()));
    }
}
