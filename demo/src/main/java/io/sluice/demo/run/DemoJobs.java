package io.sluice.demo.run;

import io.sluice.core.policy.PolicyChoice;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.jobs.SchedulerJob;
import io.sluice.jobs.SchedulerOptions;
import io.sluice.jobs.SlaJob;
import io.sluice.jobs.SlaOptions;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Both jobs, as they would be submitted to any cluster, on the cluster in this process. */
final class DemoJobs {

    /**
     * How long a worker may be silent, by its own rule and by the scheduler's. Longer than the
     * default: here a whole pipeline shares one machine with whatever else its owner does, and a
     * thread that had to wait is no death.
     */
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    /** Counting windows needs no more. */
    private static final int SLA_PARALLELISM = 1;

    private DemoJobs() {}

    /** Task slots that both jobs take. */
    static int slots(int schedulerParallelism) {
        return schedulerParallelism + SLA_PARALLELISM;
    }

    /**
     * Checks what both would make of the settings, without a broker or a cluster.
     *
     * @throws IllegalArgumentException if one of them refuses an option
     */
    static void check(DemoSettings settings) {
        String none = "localhost:1";
        defined(SlaJob::define, SLA_PARALLELISM, SlaJob.NAME, slaOptions(none, settings));
        int parallelism = settings.cluster().parallelism();
        Map<String, String> options = schedulerOptions(none, settings);
        defined(SchedulerJob::define, parallelism, SchedulerJob.NAME, options);
    }

    /**
     * Submits both and waits until all their tasks run.
     *
     * @param pipeline has the topics, and that many slots free
     */
    static void submit(DemoPipeline pipeline, DemoSettings settings) {
        FlinkMiniCluster cluster = pipeline.flink();
        String bootstrapServers = pipeline.kafka().bootstrapServers();
        Map<String, String> slaOptions = slaOptions(bootstrapServers, settings);
        slaOptions.computeIfAbsent(
                SlaOptions.OBJECTIVES.key(),
                unset -> DemoObjectives.write(pipeline.folder()).toString());
        JobID sla =
                cluster.submit(defined(SlaJob::define, SLA_PARALLELISM, SlaJob.NAME, slaOptions));
        JobID scheduler =
                cluster.submit(
                        defined(
                                SchedulerJob::define,
                                settings.cluster().parallelism(),
                                SchedulerJob.NAME,
                                schedulerOptions(bootstrapServers, settings)));
        cluster.awaitRunning(scheduler, START_PATIENCE);
        cluster.awaitRunning(sla, START_PATIENCE);
    }

    private static StreamExecutionEnvironment defined(
            BiConsumer<StreamExecutionEnvironment, String[]> job,
            int parallelism,
            String name,
            Map<String, String> options) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.NAME, name);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        List<String> arguments = new ArrayList<>();
        options.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
        job.accept(env, arguments.toArray(String[]::new));
        return env;
    }

    private static Map<String, String> schedulerOptions(
            String bootstrapServers, DemoSettings settings) {
        Map<String, String> options = common(bootstrapServers);
        options.put("sluice.scheduler.worker-lease", LEASE.toSeconds() + " s");
        PolicyChoice policies = settings.policies();
        options.put(SchedulerOptions.ORDERING.key(), policies.ordering());
        options.put(SchedulerOptions.FAIRNESS.key(), policies.fairness());
        options.put(SchedulerOptions.ADMISSION.key(), policies.admission());
        options.put(SchedulerOptions.PREEMPTION.key(), policies.preemption());
        options.put(SchedulerOptions.BATCHING.key(), policies.batching());
        options.put(SchedulerOptions.ROUTING.key(), policies.routing());
        options.putAll(settings.jobOptions());
        return options;
    }

    private static Map<String, String> slaOptions(String bootstrapServers, DemoSettings settings) {
        Map<String, String> options = common(bootstrapServers);
        options.put("sluice.sla.source-idleness", "3 s");
        options.put("sluice.scheduler.worker-lease", LEASE.toSeconds() + " s");
        // Five minutes of burning pass in thirty seconds: a demo is watched for a few minutes.
        options.put(SlaOptions.SLO_SLOT.key(), "1 s");
        options.put(SlaOptions.ALERT_MIN_REQUESTS.key(), "10");
        options.putAll(settings.jobOptions());
        return options;
    }

    private static Map<String, String> common(String bootstrapServers) {
        Map<String, String> options = new TreeMap<>();
        options.put("sluice.kafka.bootstrap-servers", bootstrapServers);
        // Outcomes become visible at checkpoints; somebody is watching.
        options.put("sluice.scheduler.checkpoint-interval", "1 s");
        return options;
    }
}
