package io.sluice.jobs.io;

import io.sluice.core.model.RequestKey;
import io.sluice.jobs.flow.EndNotice;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

/** From the outcome on the topic to the part of it that the gate needs. */
final class EndNoticeMapping implements RecordMapping<RequestOutcome, EndNotice> {

    private static final long serialVersionUID = 1L;

    @Override
    public EndNotice map(RequestOutcome outcome, LogPosition position) {
        LongTexts.refuse(outcome);
        Outcome how = outcome.getOutcome();
        return new EndNotice(
                new RequestKey(outcome.getFairnessId(), outcome.getRequestId()),
                outcome.getWorkflowId(),
                how == Outcome.Completed ? null : how.name(),
                outcome.getSettledAt().toEpochMilli());
    }
}
