package io.sluice.jobs;

import io.sluice.jobs.io.SchedulerKafka;
import io.sluice.jobs.io.TopicPresence;
import io.sluice.jobs.scheduling.SchedulerSettings;
import io.sluice.jobs.scheduling.SchedulerSinks;
import io.sluice.jobs.scheduling.SchedulerTopology;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** The job that schedules; options in {@link SchedulerOptions} and {@link KafkaOptions}. */
public final class SchedulerJob {

    /** Name that the cluster shows. */
    public static final String NAME = "sluice-scheduler";

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerJob.class);

    /**
     * A command waits in no network buffer for company: flushing early costs throughput that the
     * job does not lack.
     */
    private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

    private SchedulerJob() {}

    /**
     * Submits the job; arguments are {@code --key value} for any option.
     *
     * @throws SettingsException if the settings are wrong, or what they name is not there
     */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        KafkaSettings kafka = define(env, args).kafka();
        TopicPresence.require(kafka, SchedulerKafka.TOPICS);
        env.execute(NAME);
    }

    /**
     * Defines the job without submitting it.
     *
     * @return the settings that the arguments and the environment come to
     * @throws SettingsException if the settings are wrong
     */
    public static SchedulerSettings define(StreamExecutionEnvironment env, String... args) {
        return define(env, UnaryOperator.identity(), args);
    }

    /**
     * Defines the job with other sinks in place of some of its own, for a measurement that compares
     * them.
     *
     * @param sinks what is written instead of what the settings say
     * @return the settings that the arguments and the environment come to
     * @throws SettingsException if the settings are wrong
     */
    public static SchedulerSettings define(
            StreamExecutionEnvironment env, UnaryOperator<SchedulerSinks> sinks, String... args) {
        SettingsReader reader =
                SettingsReader.of(JobEnvironment.configurationOf(env), args, JobOptions.all());
        SchedulerSettings settings = SchedulerSettings.from(reader);
        LOG.info("Settings of {}:\n{}", NAME, reader.describe());
        JobEnvironment.configure(env, settings.checkpoints());
        Configuration latency = new Configuration();
        latency.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
        env.configure(latency);
        SchedulerKafka kafka = new SchedulerKafka(settings);
        SchedulerTopology.build(
                env,
                kafka.sources(),
                sinks.apply(kafka.sinks()),
                settings.scheduling(),
                SchedulerKafka.outcomeEncoder());
        return settings;
    }
}
