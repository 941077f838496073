package io.sluice.jobs.sla;

import io.sluice.core.model.Outcome;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaSampleState;

/** Outcomes for tests: completed requests of tenant acme on gpu-1, unless said otherwise. */
final class SlaOutcomes {

    private SlaOutcomes() {}

    /** A request that completed within all its targets. */
    static SlaOutcome completed(String request, long appendedAt) {
        return of(request, appendedAt, 100);
    }

    /** A request with the given time to first token; its target is 500 ms. */
    static SlaOutcome of(String request, long appendedAt, double ttftMillis) {
        SlaSampleState sample =
                new SlaSampleState(
                        Outcome.COMPLETED.wireName(),
                        10,
                        ttftMillis,
                        20,
                        ttftMillis + 20 * 9,
                        500,
                        50,
                        5_000,
                        200,
                        10);
        return with(request, appendedAt, sample);
    }

    /** A completed request of another tenant. */
    static SlaOutcome ofTenant(String tenant, String request, long appendedAt) {
        SlaOutcome outcome = completed(request, appendedAt);
        return new SlaOutcome(
                tenant + "/" + request,
                outcome.contentHash(),
                outcome.settledAtMillis(),
                outcome.position(),
                outcome.instance(),
                outcome.model(),
                tenant,
                outcome.priority(),
                outcome.sample(),
                outcome.serviceTier(),
                outcome.deadlineMillis(),
                outcome.predictedTokens());
    }

    /** A request that expired in its queue, before an instance was chosen. */
    static SlaOutcome expired(String request, long appendedAt) {
        SlaSampleState sample =
                new SlaSampleState(
                        Outcome.EVICTED_TTL.wireName(),
                        30_000,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        500,
                        50,
                        5_000,
                        200,
                        0);
        SlaOutcome outcome = with(request, appendedAt, sample);
        return new SlaOutcome(
                outcome.requestKey(),
                outcome.contentHash(),
                outcome.settledAtMillis(),
                outcome.position(),
                null,
                outcome.model(),
                outcome.tenant(),
                outcome.priority(),
                sample,
                null,
                Double.NaN,
                0);
    }

    /** The same record at another place in the log, as written after a recovery. */
    static SlaOutcome again(SlaOutcome outcome, long appendedAt) {
        return moved(outcome, outcome.contentHash(), appendedAt);
    }

    /** A different record for the same request, which no scheduler should write. */
    static SlaOutcome contradicting(SlaOutcome outcome, long appendedAt) {
        return moved(outcome, outcome.contentHash() + 1, appendedAt);
    }

    private static SlaOutcome moved(SlaOutcome outcome, int contentHash, long appendedAt) {
        return new SlaOutcome(
                outcome.requestKey(),
                contentHash,
                outcome.settledAtMillis(),
                position(appendedAt),
                outcome.instance(),
                outcome.model(),
                outcome.tenant(),
                outcome.priority(),
                outcome.sample(),
                outcome.serviceTier(),
                outcome.deadlineMillis(),
                outcome.predictedTokens());
    }

    private static SlaOutcome with(String request, long appendedAt, SlaSampleState sample) {
        return new SlaOutcome(
                "acme/" + request,
                request.hashCode(),
                appendedAt - 3,
                position(appendedAt),
                "gpu-1",
                "llama-8b",
                "acme",
                2,
                sample,
                null,
                Double.NaN,
                0);
    }

    private static LogPosition position(long appendedAt) {
        return new LogPosition("inference.outcomes", 0, appendedAt, appendedAt);
    }
}
