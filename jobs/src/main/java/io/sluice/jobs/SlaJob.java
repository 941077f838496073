package io.sluice.jobs;

import io.sluice.jobs.io.SlaKafka;
import io.sluice.jobs.io.TopicPresence;
import io.sluice.jobs.sla.SlaSettings;
import io.sluice.jobs.sla.SlaTopology;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that turns outcomes into latency and attainment by window; options in {@link SlaOptions}
 * and {@link KafkaOptions}.
 */
public final class SlaJob {

    /** Name that the cluster shows. */
    public static final String NAME = "sluice-sla";

    private static final Logger LOG = LoggerFactory.getLogger(SlaJob.class);

    private SlaJob() {}

    /**
     * Submits the job; arguments are {@code --key value} for any option.
     *
     * @throws SettingsException if the settings are wrong, or what they name is not there
     */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        KafkaSettings kafka = define(env, args).kafka();
        TopicPresence.require(kafka, SlaKafka.TOPICS);
        env.execute(NAME);
    }

    /**
     * Defines the job without submitting it.
     *
     * @return the settings that the arguments and the environment come to
     * @throws SettingsException if the settings are wrong
     */
    public static SlaSettings define(StreamExecutionEnvironment env, String... args) {
        SettingsReader reader =
                SettingsReader.of(JobEnvironment.configurationOf(env), args, JobOptions.all());
        SlaSettings settings = SlaSettings.from(reader);
        LOG.info("Settings of {}:\n{}", NAME, reader.describe());
        JobEnvironment.configure(env, settings.checkpoints());
        SlaKafka kafka = new SlaKafka(settings.kafka());
        SlaTopology.build(env, kafka.sources(), kafka.sinks(), settings);
        return settings;
    }
}
