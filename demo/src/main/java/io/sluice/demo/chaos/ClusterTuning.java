package io.sluice.demo.chaos;

import io.sluice.demo.disk.SlowFileSystem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of Flink by which the loss of a process is noticed, and overcome, in seconds. */
final class ClusterTuning {

    /** What is started again has to run soon, on a machine that has no core to spare. */
    private static final String QUICK_JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final Map<String, String> FLINK =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("jobmanager.memory.process.size", "800m"),
                            Map.entry("taskmanager.memory.process.size", "1g"),
                            // State is on the heap: nothing else would use this memory.
                            Map.entry("taskmanager.memory.managed.size", "0"),
                            Map.entry("env.java.opts.jobmanager", QUICK_JVM),
                            Map.entry("env.java.opts.taskmanager", QUICK_JVM),
                            Map.entry("heartbeat.interval", "500 ms"),
                            Map.entry("heartbeat.timeout", "8 s"),
                            Map.entry("high-availability.zookeeper.client.session-timeout", "4 s"),
                            // A job that fails often is not in the wrong here: it is struck often.
                            Map.entry(
                                    "restart-strategy.exponential-delay.initial-backoff", "200 ms"),
                            Map.entry("restart-strategy.exponential-delay.max-backoff", "1 s"),
                            Map.entry(
                                    "restart-strategy.exponential-delay.reset-backoff-threshold",
                                    "10 s")));

    private ClusterTuning() {}

    /**
     * Options of {@code sluice cluster start}: free ports, and a job manager and a task manager
     * more than the job needs, so that the loss of one is overcome without it.
     *
     * @param settings with what the user says, which wins
     * @param checkpoints where they are
     */
    static List<String> options(ChaosSettings settings, Path checkpoints) {
        List<String> own = settings.clusterOptions();
        List<String> options = new ArrayList<>();
        if (settings.kinds().contains(FaultKind.CHECKPOINT_DISK_SLOW)) {
            options.add("-Dexecution.checkpointing.dir=" + SlowFileSystem.address(checkpoints));
        }
        addUnless(own, options, "--job-managers", "2");
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
