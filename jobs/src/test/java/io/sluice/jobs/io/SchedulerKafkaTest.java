package io.sluice.jobs.io;

import io.sluice.jobs.JobOptions;
import io.sluice.jobs.SettingsReader;
import io.sluice.jobs.scheduling.SchedulerSettings;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.stream.Stream;

import static org.apache.flink.connector.base.DeliveryGuarantee.AT_LEAST_ONCE;
import static org.apache.flink.connector.base.DeliveryGuarantee.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

class SchedulerKafkaTest {

    /** Brokers grant rights by the prefix of transactional ids, so it must be what it says. */
    @Test
    void transactionsAreNamedAfterTheInstallation() {
        assertThat(SchedulerKafka.transactionPrefix(new TopicPrefix("staging.")))
                .isEqualTo("staging.sluice-outcomes");
    }

    @Test
    void everySinkHasTheGuaranteeOfItsTopic() {
        assertThat(BuiltSink.each(sinks(), BuiltSink::guarantee))
                .isEqualTo(
                        Map.of(
                                "commands", AT_LEAST_ONCE,
                                "releases", AT_LEAST_ONCE,
                                "outcomes", EXACTLY_ONCE,
                                "decisions", AT_LEAST_ONCE,
                                "policies", AT_LEAST_ONCE,
                                "deadLetters", AT_LEAST_ONCE));
        assertThat(
                        Stream.of(
                                Topic.DISPATCH,
                                Topic.HANDBACKS,
                                Topic.OUTCOMES,
                                Topic.DECISIONS,
                                Topic.CONFIG,
                                Topic.DEAD_LETTERS))
                .extracting(topic -> topic.flow().delivery().name())
                .containsExactly(
                        AT_LEAST_ONCE.name(),
                        AT_LEAST_ONCE.name(),
                        EXACTLY_ONCE.name(),
                        AT_LEAST_ONCE.name(),
                        AT_LEAST_ONCE.name(),
                        AT_LEAST_ONCE.name());
    }

    @Test
    void outcomesAreInPooledTransactionsThatOutliveAnOutageOfADay() {
        BuiltSink outcomes = sinks().get("outcomes");

        assertThat(outcomes.naming()).isEqualTo(TransactionNamingStrategy.POOLING);
        assertThat(outcomes.transactionPrefix()).isEqualTo("inference.sluice-outcomes");
        assertThat(outcomes.producer("transaction.timeout.ms")).isEqualTo("86400000");
    }

    @Test
    void theTransactionTimeoutIsTheOneThatIsSet() {
        assertThat(
                        sinks("--sluice.scheduler.outcome-transaction-timeout", "10 min")
                                .get("outcomes")
                                .producer("transaction.timeout.ms"))
                .isEqualTo("600000");
    }

    @Test
    void onlyWhatAWorkerOrTheRouterWaitsForIsWrittenAtOnce() {
        assertThat(BuiltSink.each(sinks(), sink -> sink.producer("linger.ms")))
                .isEqualTo(
                        Map.of(
                                "commands", "0",
                                "releases", "0",
                                "outcomes", "default",
                                "decisions", "default",
                                "policies", "default",
                                "deadLetters", "default"));
    }

    @Test
    void onlyDeadLettersAreLargerThanKafkasDefault() {
        assertThat(BuiltSink.each(sinks(), sink -> sink.producer("max.request.size")))
                .isEqualTo(
                        Map.of(
                                "commands", "default",
                                "releases", "default",
                                "outcomes", "default",
                                "decisions", "default",
                                "policies", "default",
                                "deadLetters", "2097152"));
    }

    @Test
    void clientPropertiesReachEverySink() {
        assertThat(
                        BuiltSink.each(
                                        sinks("--sluice.kafka.client.security.protocol", "SSL"),
                                        sink -> sink.producer("security.protocol"))
                                .values())
                .hasSize(6)
                .containsOnly("SSL");
    }

    private static Map<String, BuiltSink> sinks(String... more) {
        String[] args =
                Stream.concat(
                                Stream.of("--sluice.kafka.bootstrap-servers", "localhost:9092"),
                                Stream.of(more))
                        .toArray(String[]::new);
        SettingsReader reader = SettingsReader.of(new Configuration(), args, JobOptions.all());
        return BuiltSink.all(new SchedulerKafka(SchedulerSettings.from(reader)).sinks());
    }
}
