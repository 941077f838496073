package io.sluice.apps.timeline;

import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a worker's event tells of a run. */
final class WorkerFact {

    /** By more than this a worker's clock and the broker's stamp do not differ by sending alone. */
    private static final Duration MOST_SKEW = Duration.ofSeconds(2);

    private WorkerFact() {}

    static Fact of(WorkerEvent event, TopicRecord record) {
        WorkerEventType type = event.getType();
        EntryDraft draft =
                EntryDraft.of(Stage.RUN, type.name(), event.getAt(), TimeSource.WORKER)
                        .run(event.getInstanceId(), event.getAttempt(), event.getCommandEpoch())
                        .detail("incarnation", event.getIncarnation());
        straighten(draft, event.getAt(), record.stamped());
        if (type == WorkerEventType.ACCEPTED) {
            draft.millis("on its way", event.getDispatchOverheadMs());
        } else {
            measured(draft, event);
        }
        return new Fact(identity(event), draft.entry(what(event), record.origin()));
    }

    /**
     * A worker that starts again repeats how its runs ended, in a new incarnation: that is the same
     * thing. Progress is not; there may be much of it.
     */
    private static List<?> identity(WorkerEvent event) {
        Long epoch = event.getCommandEpoch();
        List<?> run =
                List.of(
                        "worker",
                        event.getType(),
                        event.getInstanceId(),
                        event.getAttempt(),
                        epoch == null ? 0L : epoch);
        return event.getType() == WorkerEventType.PROGRESS
                ? List.of(run, event.getIncarnation(), event.getSeq())
                : run;
    }

    /** A clock that is plainly wrong is not gone by, and said to be wrong. */
    private static void straighten(EntryDraft draft, Instant at, Instant stamped) {
        Duration ahead = Duration.between(stamped, at);
        if (ahead.abs().compareTo(MOST_SKEW) > 0) {
            draft.at(stamped, TimeSource.BROKER)
                    .detail("by the worker's clock", at + ", off by " + Words.duration(ahead));
        }
    }

    private static void measured(EntryDraft draft, WorkerEvent event) {
        draft.detail("output tokens", event.getOutputTokens())
                .detail("held tokens", event.getHeldTokens())
                .detail("cached prompt tokens", event.getCachedTokens())
                .millis("time to first token", event.getTtftMs())
                .millis("time per output token", event.getTpotMs())
                .millis("end to end", event.getE2eMs())
                .detail("finish reason", event.getFinishReason())
                .detail("error code", event.getErrorCode());
    }

    private static String what(WorkerEvent event) {
        String where = event.getInstanceId();
        String error = DecisionFact.because(event.getErrorMessage());
        return switch (event.getType()) {
            case ACCEPTED -> where + " has it";
            case FIRST_TOKEN -> "first token at " + where;
            case PROGRESS -> "generating at " + where + tokens(event);
            case COMPLETED -> "completed at " + where + tokens(event);
            case FAILED -> "failed at " + where + error;
            case CANCELLED -> "stopped at " + where;
            case REFUSED -> where + " does not take it" + error;
            case GIVEN_BACK -> where + " gives it back without having started it";
            case PREEMPTED -> "interrupted at " + where + tokens(event);
            case REGISTERED, HEARTBEAT, DRAINING, TICK, UNKNOWN ->
                    where + " reports " + event.getType();
        };
    }

    private static String tokens(WorkerEvent event) {
        Integer tokens = event.getOutputTokens();
        return tokens == null ? "" : ", " + Words.count(tokens, "output token");
    }
}
