package io.sluice.jobs;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;

/**
 * What every job of Sluice sets on its environment, so that its state survives upgrades and
 * mistakes fail early.
 */
public final class JobEnvironment {

    /**
     * Number of key groups. Can never change without losing state; 720 has 30 divisors, so most
     * parallelisms share the key groups out evenly.
     */
    public static final int MAX_PARALLELISM = 720;

    private static final Duration MIN_PAUSE = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration ALIGNED_TIMEOUT = Duration.ofSeconds(10);

    private JobEnvironment() {}

    /** Applies the common settings; they win over those of the cluster. */
    public static void configure(StreamExecutionEnvironment env, CheckpointSettings checkpoints) {
        Configuration configuration = new Configuration();
        strictness(configuration);
        checkpointing(configuration, checkpoints);
        env.configure(configuration);
    }

    /**
     * The configuration that the job was submitted with. The one place that asks the environment
     * for it, as Flink marks the method internal and offers no other.
     */
    public static ReadableConfig configurationOf(StreamExecutionEnvironment env) {
        return env.getConfiguration();
    }

    private static void strictness(Configuration configuration) {
        // An operator without a uid could not be found in a savepoint; a type without a serializer
        // of its own could not evolve. Both fail the submission instead of the first upgrade.
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        // Everything that travels between operators is an immutable record, which an architecture
        // test sees to: a copy for each operator of a chain would protect nobody.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    }

    private static void checkpointing(Configuration configuration, CheckpointSettings checkpoints) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints.interval());
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE);
        configuration.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, MIN_PAUSE);
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, TIMEOUT);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // Only RocksDB looks at it.
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, checkpoints.unalignedFallback());
        if (checkpoints.unalignedFallback()) {
            configuration.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, ALIGNED_TIMEOUT);
        }
    }
}
