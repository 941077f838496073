package io.sluice.jobs.io;

import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RequestTags;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.SloTarget;
import io.sluice.jobs.sla.SlaStateMapping;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.avro.RequestOutcome;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** What the outcomes topic says of a settled request, and what the windows count of that. */
class SettledMappingTest {

    private static final RequestFacts FACTS =
            new RequestFacts(
                    "m",
                    2,
                    new RequestTags("s", "w", "flex", "00-1"),
                    10,
                    20,
                    PendingRequest.NEVER,
                    SloTarget.NONE,
                    123,
                    60,
                    null);

    private static RequestOutcome record(
            Outcome outcome, @Nullable Long waited, @Nullable RunMeasures measures) {
        return SettledMapping.record(
                new SettledRequest(
                        new RequestKey("acme", "r"),
                        outcome,
                        1,
                        "gpu-1",
                        measures == null ? null : 77L,
                        720,
                        null,
                        "why",
                        FACTS,
                        waited,
                        measures));
    }

    private static double counted(RequestOutcome record, LatencyMeasure measure) {
        LogPosition position = new LogPosition("outcomes", 0, 0, 0);
        return SlaStateMapping.sample(new OutcomeMapping().map(record, position).sample())
                .countedMillis(measure);
    }

    @Test
    void anEvictionCarriesItsLengthAndItsWaitIntoTheWindows() {
        RequestOutcome record = record(Outcome.EVICTED_TTL, 700L, null);
        assertThat(record.getIncarnation()).isNull();
        assertThat(record.getQueueWaitMs()).isEqualTo(700);
        assertThat(record.getInputTokens()).isEqualTo(123);
        assertThat(record.getSubmittedAt()).isEqualTo(Instant.ofEpochMilli(20));
        assertThat(counted(record, LatencyMeasure.QUEUE_WAIT)).isEqualTo(700);
        assertThat(counted(record, LatencyMeasure.TTFT)).isNaN();
    }

    @Test
    void aRejectionCarriesItsLengthAndNoWait() {
        RequestOutcome record = record(Outcome.REJECTED_INVALID, null, null);
        assertThat(record.getQueueWaitMs()).isNull();
        assertThat(record.getInputTokens()).isEqualTo(123);
        assertThat(counted(record, LatencyMeasure.QUEUE_WAIT)).isNaN();
    }

    @Test
    void everyOutcomeCarriesWhatItsRequestBelongsToAndWhatWasPredictedOfIt() {
        RequestOutcome record = record(Outcome.EVICTED_TTL, 700L, null);
        assertThat(record.getSessionId()).isEqualTo("s");
        assertThat(record.getWorkflowId()).isEqualTo("w");
        assertThat(record.getServiceTier()).isEqualTo("flex");
        assertThat(record.getTraceparent()).isEqualTo("00-1");
        assertThat(record.getPredictedOutputTokens()).isEqualTo(60);
    }

    /** The engine's count stands above the submitter's. */
    @Test
    void aCompletionCarriesWhatItsWorkerMeasured() {
        RunMeasures measures = new RunMeasures(5, 20, 10, 500, 124, 50, 7, "stop");
        RequestOutcome record = record(Outcome.COMPLETED, null, measures);
        assertThat(record.getIncarnation()).isEqualTo(77);
        assertThat(record.getQueueWaitMs()).isEqualTo(5);
        assertThat(record.getInputTokens()).isEqualTo(124);
        assertThat(counted(record, LatencyMeasure.QUEUE_WAIT)).isEqualTo(5);
        assertThat(counted(record, LatencyMeasure.TTFT)).isEqualTo(20);
    }
}
