package io.sluice.sim.sequential;

import io.sluice.sim.workload.SimulatedRequest;

/**
 * A request that can be interrupted, for {@link CorrectedSequential}. Whole output tokens are
 * progress; a prompt or a token that is interrupted is lost. Of the keys and values on the GPU, the
 * prompt's and the answer's are each put aside and read back, or computed again, whichever takes
 * less; what was put aside before need not be put aside again.
 *
 * <p>All times are seconds. A run consists of putting aside what the one before left, of restoring
 * what was on the GPU, and of new work.
 */
final class PreemptibleJob {

    private final SimulatedRequest request;
    private final SequentialCost cost;
    private boolean promptDone;
    private int tokensDone;
    private boolean promptKept;
    private int tokensKept;
    private double restore;

    /** Of the current run: its start, and what it first puts aside for another. */
    private double start;

    private double save;

    PreemptibleJob(SimulatedRequest request, SequentialCost cost) {
        this.request = request;
        this.cost = cost;
    }

    private PreemptibleJob(PreemptibleJob other) {
        request = other.request;
        cost = other.cost;
        promptDone = other.promptDone;
        tokensDone = other.tokensDone;
        promptKept = other.promptKept;
        tokensKept = other.tokensKept;
        restore = other.restore;
        start = other.start;
        save = other.save;
    }

    SimulatedRequest request() {
        return request;
    }

    int rank() {
        return request.rank();
    }

    int index() {
        return request.index();
    }

    long releaseNanos() {
        return request.releaseNanos();
    }

    /** Predicted time of a whole run from here, without putting aside for another. */
    double predictedLeft() {
        return restore + newWork(request.predictedTokens());
    }

    /** Predicted time left of the current run. */
    double predictedLeft(double now) {
        return Math.max(0, start + save + predictedLeft() - now);
    }

    /** Starts a run, which first puts something aside for another. */
    void start(double now, double saveSeconds) {
        start = now;
        save = saveSeconds;
    }

    /** When the current run ends if nothing interrupts it. */
    double completion() {
        return start + save + restore + newWork(request.outputTokens());
    }

    /** How long an interruption now would take the next to put aside, and what would be left. */
    Interruption ifInterrupted(double now) {
        PreemptibleJob copy = new PreemptibleJob(this);
        double seconds = copy.interrupt(now);
        return new Interruption(seconds, copy.predictedLeft());
    }

    /**
     * What an interruption would cost.
     *
     * @param save seconds to put aside
     * @param predictedLeft seconds of a later run, as predicted
     */
    record Interruption(double save, double predictedLeft) {}

    /**
     * Ends the current run before its time.
     *
     * @return seconds that the next run needs to put aside what is kept of this one
     */
    double interrupt(double now) {
        double unsaved = Math.max(0, start + save - now);
        double worked = now - start - save - restore;
        if (worked < (promptDone ? 0 : prompt())) {
            // Nothing new is done, and what was put aside before still is.
            return unsaved;
        }
        tokensDone = tokensAfter(worked - (promptDone ? 0 : prompt()));
        promptDone = true;
        return unsaved + keepPrompt() + keepTokens();
    }

    private double newWork(int outputTokens) {
        double tokens = Math.max(0, answer(outputTokens) - answer(tokensDone));
        return (promptDone ? 0 : prompt()) + tokens;
    }

    private double prompt() {
        return cost.prefill(request.promptTokens());
    }

    private double answer(int tokens) {
        return cost.decode(request.promptTokens(), tokens);
    }

    private int tokensAfter(double seconds) {
        int tokens = cost.tokensWithin(request.promptTokens(), answer(tokensDone) + seconds);
        return Math.max(tokensDone, Math.min(tokens, request.outputTokens() - 1));
    }

    private double keepPrompt() {
        int tokens = request.promptTokens();
        double load = tokens * cost.loadSeconds();
        double store = promptKept ? 0 : tokens * cost.saveSeconds();
        promptKept = store + load < prompt();
        restore = promptKept ? load : prompt();
        return promptKept ? store : 0;
    }

    private double keepTokens() {
        double load = tokensDone * cost.loadSeconds();
        double store = (tokensDone - tokensKept) * cost.saveSeconds();
        boolean keep = store + load < answer(tokensDone);
        restore += keep ? load : answer(tokensDone);
        tokensKept = keep ? tokensDone : 0;
        return keep ? store : 0;
    }
}
