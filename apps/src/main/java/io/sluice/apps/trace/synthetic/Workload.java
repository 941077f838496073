package io.sluice.apps.trace.synthetic;

import io.sluice.sim.random.Draws;
import io.sluice.sim.workload.LengthSource.LogNormal;

import java.util.List;

/**
 * What a tenant does. Lengths are log-normal with the medians and 99th percentiles of the traces
 * named.
 *
 * <p>A session's prompt grows: it is the shared start (a system prompt, an open file, a document),
 * the conversation so far, and what is new.
 *
 * @param shape lengths
 * @param habits how sessions go on
 * @param priorityWeights shares of the priorities 4, 3, 2, 1, 0 and -1 among sessions
 */
record Workload(Shape shape, Habits habits, List<Double> priorityWeights) {

    /**
     * Chat. After the Azure conversation trace of 2023 (prompt p50 1,016, p99 4,122; output p50
     * 115, p99 598) and LMSYS-Chat-1M (2.0 turns to a conversation).
     */
    static final Workload CHAT =
            new Workload(
                    new Shape(
                            new LogNormal(420, 0.6, 4_000),
                            new LogNormal(200, 1.0, 3_000),
                            new LogNormal(120, 0.75, 1_000)),
                    new Habits(0.9, 0.5, 25, 8_000, true),
                    List.of(0.0, 0.6, 0.4, 0.0, 0.0, 0.0));

    /**
     * Code completion. After the Azure code trace of 2023 (prompt p50 1,461, p99 7,436, cut at
     * 7,437 by the service; output p50 13, p99 249): an editor asks again and again with most of
     * the same file before the cursor.
     */
    static final Workload CODE =
            new Workload(
                    new Shape(
                            new LogNormal(1_100, 0.85, 6_500),
                            new LogNormal(300, 0.7, 2_000),
                            new LogNormal(13, 1.22, 1_900)),
                    new Habits(0.1, 0.8, 6, 7_437, false),
                    List.of(0.7, 0.3, 0.0, 0.0, 0.0, 0.0));

    /**
     * Questions about long documents. After the Mooncake conversation trace (prompt p50 7,284;
     * output p50 356, p99 1,166), its tail cut at 32 k so that mid-sized servers can hold it.
     */
    static final Workload LONG_CONTEXT =
            new Workload(
                    new Shape(
                            new LogNormal(6_900, 1.0, 31_000),
                            new LogNormal(150, 0.8, 1_500),
                            new LogNormal(356, 0.5, 2_000)),
                    new Habits(0.15, 0.35, 40, 32_768, true),
                    List.of(0.0, 0.0, 0.2, 0.4, 0.35, 0.05));

    /** Number on the wire of the most urgent class; the following are one lower each. */
    private static final int HIGHEST_PRIORITY = 4;

    /**
     * Lengths in tokens.
     *
     * @param shared start of the prompt that a tenant's sessions may have in common
     * @param fresh what each turn adds
     * @param output answer
     */
    record Shape(LogNormal shared, LogNormal fresh, LogNormal output) {}

    /**
     * How sessions go on.
     *
     * @param shares probability that a session starts with a text that other sessions of the tenant
     *     start with too
     * @param goesOn probability of a further turn
     * @param pauseSeconds median pause before it
     * @param longestPrompt a session ends when its next prompt would be longer, in tokens
     * @param remembers whether questions and answers stay in the prompt
     */
    record Habits(
            double shares,
            double goesOn,
            double pauseSeconds,
            int longestPrompt,
            boolean remembers) {}

    /** A priority for a new session: 4 to 0, or -1 for what may be shed. */
    int drawPriority(Draws draws) {
        double[] weights = priorityWeights.stream().mapToDouble(Double::doubleValue).toArray();
        return HIGHEST_PRIORITY - draws.weighted(weights);
    }
}
