package io.sluice.sim.fleet;

import io.sluice.core.kernel.RouteRecord;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Prediction;
import io.sluice.core.model.RequestKey;
import io.sluice.sim.engine.EngineRequest;
import io.sluice.sim.engine.PromptBlocks;
import io.sluice.sim.workload.SimulatedRequest;

import org.jspecify.annotations.Nullable;

import java.util.OptionalInt;

/** A request on its way through the fleet. */
final class LiveRequest {

    private static final int MOST_URGENT_PRIORITY = 4;
    private static final long NANOS_PER_MILLI = 1_000_000;

    final SimulatedRequest request;
    final PendingRequest pending;
    final EngineRequest engineRequest;

    @Nullable RouteRecord record;
    int attempt;
    private int instance = -1;
    long commandEpoch;
    private long dispatchedNanos = RequestResult.NOT;
    long firstTokenNanos = RequestResult.NOT;
    int cachedTokens;
    private int interruptions;
    private long pausedNanos = RequestResult.NOT;
    private long longestPauseNanos;
    private int madeTokens;

    LiveRequest(SimulatedRequest request, String model) {
        this.request = request;
        this.pending = pending(request, model);
        this.engineRequest =
                new EngineRequest(
                        pending.key().requestId(),
                        request.promptTokens(),
                        request.outputTokens(),
                        OptionalInt.empty(),
                        request.promptBlocks());
    }

    String id() {
        return engineRequest.id();
    }

    /** It was sent to an instance, for the first time or to go on. */
    void sent(int place, long nanos) {
        instance = place;
        if (dispatchedNanos == RequestResult.NOT) {
            dispatchedNanos = nanos;
        }
        if (pausedNanos != RequestResult.NOT) {
            longestPauseNanos = Math.max(longestPauseNanos, nanos - pausedNanos);
            pausedNanos = RequestResult.NOT;
        }
    }

    /** Its run was interrupted after so many output tokens. */
    void interrupted(int outputTokens, long nanos) {
        interruptions++;
        madeTokens = outputTokens;
        if (firstTokenNanos != RequestResult.NOT) {
            pausedNanos = nanos;
        }
    }

    private static PendingRequest pending(SimulatedRequest request, String model) {
        long deadline =
                request.hasDeadline()
                        ? request.deadlineNanos() / NANOS_PER_MILLI
                        : PendingRequest.NEVER;
        long arrival = request.arrivalNanos() / NANOS_PER_MILLI;
        PendingRequest pending =
                new PendingRequest(
                        new RequestKey(request.tenant(), FleetSimulation.digits(request.index())),
                        model,
                        MOST_URGENT_PRIORITY - request.rank(),
                        arrival,
                        deadline,
                        deadline,
                        request.promptTokens(),
                        0,
                        request.predictedTokens(),
                        request.targets(),
                        request.session(),
                        null,
                        new Passengers(
                                arrival,
                                0,
                                null,
                                null,
                                null,
                                false,
                                null,
                                null,
                                hashes(request.promptBlocks())));
        return pending.withPrediction(prediction(request));
    }

    private static Prediction prediction(SimulatedRequest request) {
        return request.predictedTokens() == 0
                ? Prediction.NONE
                : new Prediction(request.predictedTokens(), request.score());
    }

    private static BlockHashes hashes(PromptBlocks blocks) {
        long[] ids = blocks.ids();
        return ids.length == 0 ? BlockHashes.NONE : new BlockHashes(blocks.blockTokens(), ids);
    }

    RequestResult ended(Outcome outcome, long nanos, @Nullable String message) {
        return new RequestResult(
                request,
                outcome,
                instance,
                dispatchedNanos,
                firstTokenNanos,
                nanos,
                cachedTokens,
                interruptions,
                longestPauseNanos,
                outcome == Outcome.COMPLETED ? request.outputTokens() : madeTokens,
                message);
    }
}
