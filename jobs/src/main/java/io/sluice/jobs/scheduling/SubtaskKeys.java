package io.sluice.jobs.scheduling;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Keys that lead to each subtask of the next keyed operator, for what concerns a whole subtask and
 * must not overtake what is keyed. No state may be kept under them: they name other subtasks after
 * a rescale.
 */
final class SubtaskKeys {

    private static final String PREFIX = "\u0001subtask-";

    private SubtaskKeys() {}

    /** Whether what has a key belongs to a subtask of a keyed operator. */
    static boolean isOf(String key, TaskInfo task) {
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key,
                        task.getMaxNumberOfParallelSubtasks(),
                        task.getNumberOfParallelSubtasks());
        return subtask == task.getIndexOfThisSubtask();
    }

    /** One key for each subtask, in their order. */
    static String[] of(int parallelism, int maxParallelism) {
        String[] keys = new String[parallelism];
        int found = 0;
        for (int i = 0; found < parallelism; i++) {
            String candidate = PREFIX + i;
            int subtask =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            candidate, maxParallelism, parallelism);
            if (keys[subtask] == null) {
                keys[subtask] = candidate;
                found++;
            }
        }
        return keys;
    }
}
