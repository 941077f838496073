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

    /** Keys below it go to every Kafka client as they are, such as security settings. */
    public static final String CLIENT_PREFIX = "sluice.kafka.client.";

    private KafkaOptions() {}

    /** All of them. */
    public static OptionSet all() {
        return new OptionSet(List.of(BOOTSTRAP_SERVERS, TOPIC_PREFIX), List.of(CLIENT_PREFIX));
    }
}
