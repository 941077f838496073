package io.sluice.apps.timeline;

import io.sluice.schemas.avro.Candidate;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a decision record tells. */
final class DecisionFact {

    /** What a hold is for, if it waits for others. */
    static final String FOR_WORKFLOW = "its workflow";

    private static final long SEQ_OF_GATE = 0;
    private static final long SEQ_OF_INSTANCE = 1;

    private DecisionFact() {}

    static Fact of(Decision decision, Origin origin) {
        DecisionKind kind = decision.getKind();
        EntryDraft draft =
                EntryDraft.of(stage(kind), kind.name(), decision.getDecidedAt(), TimeSource.JOB)
                        .run(decision.getInstanceId(), decision.getAttempt(), decision.getEpoch());
        placed(draft, decision);
        predicted(draft, decision);
        measured(draft, decision);
        return new Fact(identity(decision), draft.entry(what(decision), origin));
    }

    /** As commands and hand-backs are identified, which tell of the same from another side. */
    static List<?> identity(Decision decision) {
        return Fact.identity(
                decision.getKind().name(),
                decision.getInstanceId(),
                decision.getAttempt(),
                decision.getEpoch(),
                decision.getSeq());
    }

    private static Stage stage(DecisionKind kind) {
        return switch (kind) {
            case HOLD, UNKNOWN -> Stage.HOLD;
            case ROUTE, REPRIORITISE -> Stage.ROUTE;
            case DISPATCH, CANCEL, PREEMPT -> Stage.DISPATCH;
            case ADOPT -> Stage.RUN;
            case RELEASE -> Stage.RELEASE;
            case REJECT, EXPIRE, END -> Stage.END;
        };
    }

    private static String what(Decision decision) {
        String where = decision.getInstanceId() == null ? "a lane" : decision.getInstanceId();
        String why = because(decision.getReason());
        String by = decision.getPolicy() == null ? "" : " by " + decision.getPolicy();
        return switch (decision.getKind()) {
            case UNKNOWN -> "decided in a way that this version does not know" + why;
            case HOLD -> "held" + why;
            case ROUTE -> "given to the lane of " + where + by + why;
            case REPRIORITISE -> "given another priority" + why;
            case DISPATCH -> "sent to the worker of " + where + by + why;
            case CANCEL -> "the worker of " + where + " is told to stop its run" + why;
            case PREEMPT -> "the worker of " + where + " is told to interrupt its run" + why;
            case ADOPT -> "found at the worker of " + where;
            case RELEASE -> "the lane of " + where + " lets go of it" + why;
            case REJECT, EXPIRE, END -> closed(decision.getOutcome()) + why;
        };
    }

    private static String closed(@Nullable String outcome) {
        return outcome == null ? "closed" : "closed as " + outcome;
    }

    static String because(@Nullable String reason) {
        return reason == null || reason.isEmpty() ? "" : ": " + reason;
    }

    private static void placed(EntryDraft draft, Decision decision) {
        draft.detail("policy", decision.getPolicy())
                .detail("policy changes", decision.getPolicyVersion())
                .detail("last change at", decision.getConfigPosition())
                .detail("candidates", candidates(decision))
                .detail("went ahead of", decision.getQueuePosition())
                .detail("left waiting", decision.getQueueLength())
                .millis("since submission", decision.getQueueWaitMs())
                .detail("error code", decision.getErrorCode());
        if (decision.getKind() == DecisionKind.HOLD) {
            draft.detail("for", want(decision.getSeq()));
        }
    }

    private static String want(long seq) {
        if (seq == SEQ_OF_GATE) {
            return FOR_WORKFLOW;
        }
        return seq == SEQ_OF_INSTANCE ? "an instance" : "the scheduler to know its fleet";
    }

    private static void predicted(EntryDraft draft, Decision decision) {
        draft.detail("model version", decision.getModelVersion())
                .detail("predicted output tokens", decision.getPredictedOutputTokens())
                .detail("predicted start", decision.getPredictedStartAt())
                .detail("predicted end", decision.getPredictedFinishAt())
                .millis("predicted time to first token", decision.getPredictedTtftMs())
                .millis("predicted run", decision.getPredictedServiceMs());
    }

    private static void measured(EntryDraft draft, Decision decision) {
        draft.detail("output tokens", decision.getOutputTokens())
                .millis("time to first token", decision.getTtftMs())
                .millis("time per output token", decision.getTpotMs())
                .millis("end to end", decision.getE2eMs());
        if (decision.getE2eMs() != null && decision.getQueueWaitMs() != null) {
            draft.millis("run", decision.getE2eMs() - decision.getQueueWaitMs());
        }
    }

    /** The candidates, best first, as {@code gpu-1 -12.5 (outstanding -8, service -4.5)}. */
    private static @Nullable String candidates(Decision decision) {
        List<Candidate> listed = decision.getCandidates();
        if (listed.isEmpty()) {
            return null;
        }
        String text = listed.stream().map(DecisionFact::text).collect(Collectors.joining("; "));
        Integer all = decision.getCandidateCount();
        int more = all == null ? 0 : all - listed.size();
        return more > 0 ? text + "; and " + more + " more" : text;
    }

    private static String text(Candidate candidate) {
        Map<String, Double> parts = new TreeMap<>(candidate.getParts());
        String named =
                parts.entrySet().stream()
                        .map(part -> part.getKey() + " " + number(part.getValue()))
                        .collect(Collectors.joining(", ", " (", ")"));
        String score = candidate.getInstanceId() + " " + number(candidate.getScore());
        return parts.isEmpty() ? score : score + named;
    }

    private static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }
}
