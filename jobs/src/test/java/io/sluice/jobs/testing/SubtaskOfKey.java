package io.sluice.jobs.testing;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** Which subtask of a keyed operator in a harness has a key. */
public final class SubtaskOfKey {

    private SubtaskOfKey() {}

    /** The subtask that has the key. */
    public static int of(String key, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key, BroadcastHarness.MAX_PARALLELISM, parallelism);
    }

    /** A key that the subtask has, and under which nothing is kept. */
    public static String someKeyOf(int subtask, int parallelism) {
        int number = 0;
        while (of("any-" + number, parallelism) != subtask) {
            number++;
        }
        return "any-" + number;
    }
}
