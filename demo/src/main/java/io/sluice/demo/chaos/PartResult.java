package io.sluice.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.util.List;

/**
 * How the rounds on one cluster went.
 *
 * @param rate requests per second
 * @param undisturbedLagMillis 99th percentile of the time from submission to dispatch before the
 *     first fault
 * @param rounds those that were finished
 * @param redispatched attempts of requests above the first
 * @param unfinished why the round after them was not finished; empty if there is none
 */
record PartResult(
        int rate,
        double undisturbedLagMillis,
        List<RoundResult> rounds,
        long redispatched,
        List<String> unfinished) {

    /** Copies the lists. */
    PartResult {
        rounds = List.copyOf(rounds);
        unfinished = List.copyOf(unfinished);
    }

    /**
     * The audit of all that was sent to the cluster; nothing if no round was finished. An audit
     * reads all topics from their start, so the last one has what those before it found.
     */
    JsonNode audit() {
        return rounds.isEmpty() ? MissingNode.getInstance() : rounds.get(rounds.size() - 1).audit();
    }
}
