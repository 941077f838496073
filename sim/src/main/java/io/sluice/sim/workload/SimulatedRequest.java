package io.sluice.sim.workload;

import io.sluice.core.model.SloTarget;
import io.sluice.sim.engine.PromptBlocks;

import org.jspecify.annotations.Nullable;

/**
 * One request of a simulation: what a scheduler may see of it, and the truth. Times are nanoseconds
 * of the simulated clock.
 *
 * @param index place in the order of arrival, from 0
 * @param arrivalNanos when it is submitted
 * @param releaseNanos when its predictions are there and it may be scheduled; at or after its
 *     arrival
 * @param rank class that the scheduler sees, 0 the most urgent
 * @param trueRank class that it really is of; reports count by it
 * @param tenant who asks
 * @param promptTokens length of the prompt
 * @param outputTokens length of the answer: the truth, which no policy may see
 * @param predictedTokens length of the answer as predicted; 0 if none at all is predicted
 * @param score how long the answer is predicted to be, on any scale: higher is longer
 * @param deadlineNanos when it must be finished; {@link #NO_DEADLINE} if it need not
 * @param promptBlocks what is known of the prompt's content
 * @param session requests of one session continue each other; null if it is of none
 * @param targets latencies that it should meet, from its arrival on
 * @param step its place in a workflow; null if it is of none
 */
public record SimulatedRequest(
        int index,
        long arrivalNanos,
        long releaseNanos,
        int rank,
        int trueRank,
        String tenant,
        int promptTokens,
        int outputTokens,
        int predictedTokens,
        double score,
        long deadlineNanos,
        PromptBlocks promptBlocks,
        @Nullable String session,
        SloTarget targets,
        @Nullable WorkflowStep step) {

    /** Deadline of a request that has none. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** Tenant of requests that nobody in particular sends. */
    public static final String ONLY_TENANT = "default";

    /** Rejects what no request can be; the message names the request, the field and the value. */
    public SimulatedRequest {
        require(index >= 0, index, "index", index, "0 or more");
        require(arrivalNanos >= 0, index, "arrivalNanos", arrivalNanos, "0 or more");
        require(
                releaseNanos >= arrivalNanos,
                index,
                "releaseNanos",
                releaseNanos,
                "at or after the arrival at " + arrivalNanos);
        require(rank >= 0, index, "rank", rank, "0 or more");
        require(trueRank >= 0, index, "trueRank", trueRank, "0 or more");
        require(promptTokens >= 1, index, "promptTokens", promptTokens, "1 or more");
        require(outputTokens >= 1, index, "outputTokens", outputTokens, "1 or more");
        require(predictedTokens >= 0, index, "predictedTokens", predictedTokens, "0 or more");
        require(!Double.isNaN(score), index, "score", score, "a number");
        require(
                deadlineNanos >= arrivalNanos,
                index,
                "deadlineNanos",
                deadlineNanos,
                "at or after the arrival at " + arrivalNanos);
    }

    /**
     * A request of the most urgent class whose length is known, without deadline, content or
     * session, that may be scheduled when it arrives.
     */
    public static SimulatedRequest of(
            int index, long arrivalNanos, int promptTokens, int outputTokens) {
        return new SimulatedRequest(
                index,
                arrivalNanos,
                arrivalNanos,
                0,
                0,
                ONLY_TENANT,
                promptTokens,
                outputTokens,
                outputTokens,
                outputTokens,
                NO_DEADLINE,
                PromptBlocks.unknown(),
                null,
                SloTarget.NONE,
                null);
    }

    /** The same request, to be scheduled from a time on. */
    public SimulatedRequest withRelease(long newReleaseNanos) {
        Copy copy = new Copy(this);
        copy.releaseNanos = newReleaseNanos;
        return copy.request();
    }

    /** The same request in a class, which the scheduler may see as another. */
    public SimulatedRequest withRank(int seenRank, int newTrueRank) {
        Copy copy = new Copy(this);
        copy.rank = seenRank;
        copy.trueRank = newTrueRank;
        return copy.request();
    }

    /** The same request of a tenant. */
    public SimulatedRequest withTenant(String newTenant) {
        Copy copy = new Copy(this);
        copy.tenant = newTenant;
        return copy.request();
    }

    /** The same request with another prediction in tokens, and of its length on another scale. */
    public SimulatedRequest withPrediction(int newPredictedTokens, double newScore) {
        Copy copy = new Copy(this);
        copy.predictedTokens = newPredictedTokens;
        copy.score = newScore;
        return copy.request();
    }

    /** The same request with another prediction, which is its score too. */
    public SimulatedRequest withPrediction(int newPredictedTokens) {
        return withPrediction(newPredictedTokens, newPredictedTokens);
    }

    /** The same request to be finished by a time. */
    public SimulatedRequest withDeadline(long newDeadlineNanos) {
        Copy copy = new Copy(this);
        copy.deadlineNanos = newDeadlineNanos;
        return copy.request();
    }

    /** The same request with a prompt of which something is known, in a session. */
    public SimulatedRequest withContent(PromptBlocks newPromptBlocks, @Nullable String newSession) {
        Copy copy = new Copy(this);
        copy.promptBlocks = newPromptBlocks;
        copy.session = newSession;
        return copy.request();
    }

    /** The same request as a step of a workflow. */
    public SimulatedRequest withStep(WorkflowStep newStep) {
        Copy copy = new Copy(this);
        copy.step = newStep;
        return copy.request();
    }

    /** The same request with targets. */
    public SimulatedRequest withTargets(SloTarget newTargets) {
        Copy copy = new Copy(this);
        copy.targets = newTargets;
        return copy.request();
    }

    /** Whether it must be finished by a time. */
    public boolean hasDeadline() {
        return deadlineNanos != NO_DEADLINE;
    }

    private static void require(
            boolean holds, int index, String field, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "request %d: %s is %s, must be %s".formatted(index, field, value, allowed));
        }
    }

    /** A request that is being copied with a part of it changed. */
    private static final class Copy {
        private final SimulatedRequest of;
        private long releaseNanos;
        private int rank;
        private int trueRank;
        private String tenant;
        private int predictedTokens;
        private double score;
        private long deadlineNanos;
        private PromptBlocks promptBlocks;
        private @Nullable String session;
        private SloTarget targets;
        private @Nullable WorkflowStep step;

        Copy(SimulatedRequest of) {
            this.of = of;
            releaseNanos = of.releaseNanos;
            rank = of.rank;
            trueRank = of.trueRank;
            tenant = of.tenant;
            predictedTokens = of.predictedTokens;
            score = of.score;
            deadlineNanos = of.deadlineNanos;
            promptBlocks = of.promptBlocks;
            session = of.session;
            targets = of.targets;
            step = of.step;
        }

        SimulatedRequest request() {
            return new SimulatedRequest(
                    of.index,
                    of.arrivalNanos,
                    releaseNanos,
                    rank,
                    trueRank,
                    tenant,
                    of.promptTokens,
                    of.outputTokens,
                    predictedTokens,
                    score,
                    deadlineNanos,
                    promptBlocks,
                    session,
                    targets,
                    step);
        }
    }
}
