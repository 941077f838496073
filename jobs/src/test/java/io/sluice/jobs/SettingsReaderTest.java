package io.sluice.jobs;

import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SettingsReaderTest {

    @Test
    void argumentsWinOverTheClusterAndDefaultsFillTheRest() {
        Configuration cluster =
                Configuration.fromMap(
                        Map.of(
                                "sluice.sla.window", "30 s",
                                "sluice.kafka.topic-prefix", "test.",
                                "parallelism.default", "2"));

        SettingsReader reader = read(cluster, "--sluice.sla.window", "5 s");

        assertThat(reader.get(SlaOptions.WINDOW)).isEqualTo(Duration.ofSeconds(5));
        assertThat(reader.get(KafkaOptions.TOPIC_PREFIX)).isEqualTo("test.");
        assertThat(reader.get(SlaOptions.EARLY_FIRING)).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "sluice.sla.windw, did you mean sluice.sla.window?",
        "sluice.sla.allowed-latness, did you mean sluice.sla.allowed-lateness?",
        "sluice.kafka.bootstrap-server, did you mean sluice.kafka.bootstrap-servers?",
        "sla.window, did you mean sluice.sla.window?",
        "sluice.something.else.entirely, 'known are sluice.kafka.bootstrap-servers, '"
    })
    void unknownKeysFailWithASuggestion(String key, String hint) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(new Configuration(), "--" + key, "x"))
                .withMessageStartingWith("Unknown option " + key + ": " + hint);
    }

    @Test
    void unknownKeysOfTheClusterFailInOurNamespaceOnly() {
        Configuration cluster = Configuration.fromMap(Map.of("sluice.sla.windw", "1 s"));

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(cluster))
                .withMessageContaining("sluice.sla.windw");
        assertThat(read(Configuration.fromMap(Map.of("sluicegate.x", "1"))).describe()).isEmpty();
    }

    @Test
    void unreadableValuesNameKeyAndValue() {
        SettingsReader reader = read(new Configuration(), "--sluice.sla.window", "soon");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> reader.get(SlaOptions.WINDOW))
                .withMessageContaining("sluice.sla.window = soon cannot be read");
    }

    @Test
    void requiredValuesSayHowToGiveThem() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(new Configuration()).get(KafkaOptions.BOOTSTRAP_SERVERS))
                .withMessageContaining("--sluice.kafka.bootstrap-servers VALUE");
    }

    @Test
    void argumentsMustBePairs() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(new Configuration(), "--sluice.sla.window"))
                .withMessage("Argument --sluice.sla.window has no value");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(new Configuration(), "window", "5 s"))
                .withMessage("Argument 'window' is not of the form --key value");
    }

    @Test
    void keysBelowAnOpenPrefixPassThrough() {
        SettingsReader reader =
                read(
                        new Configuration(),
                        "--sluice.kafka.client.security.protocol",
                        "SASL_SSL",
                        "--sluice.kafka.client.sasl.jaas.config",
                        "hunter2");

        assertThat(reader.below(KafkaOptions.CLIENT_PREFIX))
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.jaas.config", "hunter2"));
        assertThat(reader.describe())
                .contains("sluice.kafka.client.security.protocol = SASL_SSL")
                .doesNotContain("hunter2");
    }

    @Test
    void anOptionOutsideTheKnownSetIsAProgrammingError() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                read(new Configuration())
                                        .get(
                                                ConfigOptions.key("sluice.x")
                                                        .intType()
                                                        .defaultValue(1)))
                .withMessageContaining("sluice.x");
    }

    @Test
    void noTwoOptionsShareAKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new OptionSet(
                                        List.of(SlaOptions.WINDOW, SlaOptions.WINDOW), List.of()));
    }

    @Test
    void everyOptionIsInOurNamespaceAndDescribed() {
        assertThat(JobOptions.all().options())
                .allSatisfy(
                        option -> {
                            assertThat(option.key()).startsWith(SettingsReader.NAMESPACE);
                            assertThat(option.description()).isNotNull();
                        });
    }

    private static SettingsReader read(Configuration cluster, String... args) {
        return SettingsReader.of(cluster, args, JobOptions.all());
    }
}
