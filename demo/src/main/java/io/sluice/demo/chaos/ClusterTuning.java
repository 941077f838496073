package io.sluice.demo.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of Flink by which the loss of a process is noticed, and overcome, in seconds. */
final class ClusterTuning {

    private static final Map<String, String> FLINK =
            new TreeMap<>(
                    Map.of(
                            "jobmanager.memory.process.size", "800m",
                            "taskmanager.memory.process.size", "1g",
                            "heartbeat.interval", "500 ms",
                            "heartbeat.timeout", "8 s",
                            "high-availability.zookeeper.client.session-timeout", "6 s",
                            // A job that fails often is not in the wrong here: it is struck often.
                            "restart-strategy.exponential-delay.initial-backoff", "200 ms",
                            "restart-strategy.exponential-delay.max-backoff", "1 s",
                            "restart-strategy.exponential-delay.reset-backoff-threshold", "10 s"));

    private ClusterTuning() {}

    /**
     * Options of {@code sluice cluster start}: free ports, and a task manager more than the job
     * needs, so that the loss of one is overcome without it.
     *
     * @param own what the user says, which wins
     */
    static List<String> options(List<String> own) {
        List<String> options = new ArrayList<>();
        addUnless(own, options, "--task-managers", "3");
        addUnless(own, options, "--slots", "1");
        addUnless(own, options, "--web-port", "0");
        addUnless(own, options, "--zookeeper-port", "0");
        addUnless(own, options, "--broker-port", "0");
        FLINK.forEach(
                (key, value) -> {
                    if (own.stream().noneMatch(option -> option.startsWith("-D" + key + "="))) {
                        options.add("-D" + key + "=" + value);
                    }
                });
        options.addAll(own);
        return options;
    }

    private static void addUnless(
            List<String> own, List<String> options, String name, String value) {
        if (own.stream().noneMatch(option -> option.startsWith(name + "="))) {
            options.add(name + "=" + value);
        }
    }
}
