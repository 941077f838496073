package io.sluice.jobs;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.util.List;

/** Options of the Kafka edges, shared by all jobs. */
public final class KafkaOptions {

    /** Where the brokers are. */
    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            ConfigOptions.key("sluice.kafka.bootstrap-servers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Brokers to connect to first: host:port, separated by commas.");

    /** What all topic names begin with. */
    public static final ConfigOption<String> TOPIC_PREFIX =
            ConfigOptions.key("sluice.kafka.topic-prefix")
                    .stringType()
                    .defaultValue("inference.")
                    .withDescription(
                            "What all topic names begin with, so that several installations can share brokers.");

    /** Client properties in a file, for what must not stand in the configuration. */
    public static final ConfigOption<String> CLIENT_CONFIG =
            ConfigOptions.key("sluice.kafka.client-config")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Path of a file of properties for every Kafka client, such as those of TLS and SASL, in the same place where the job is submitted and on every machine of the cluster. Its values stay there: the job has references to them. See docs/security.md.");

    /** Keys below it go to every Kafka client as they are, such as security settings. */
    public static final String CLIENT_PREFIX = "sluice.kafka.client.";

    private KafkaOptions() {}

    /** All of them. */
    public static OptionSet all() {
        return new OptionSet(
                List.of(BOOTSTRAP_SERVERS, TOPIC_PREFIX, CLIENT_CONFIG), List.of(CLIENT_PREFIX));
    }
}
