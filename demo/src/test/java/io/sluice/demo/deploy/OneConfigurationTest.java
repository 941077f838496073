package io.sluice.demo.deploy;

import io.sluice.demo.broker.BrokerProperties;
import io.sluice.demo.broker.BrokerSettings;
import io.sluice.demo.broker.Quorum;
import io.sluice.demo.cluster.ClusterConfiguration;
import io.sluice.demo.cluster.ShippedConfiguration;

import org.apache.flink.configuration.GlobalConfiguration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

import static io.sluice.demo.deploy.DeployFiles.map;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Flink is configured alike in containers, in processes and on Kubernetes: by {@code
 * deploy/flink/config.yaml}; and the broker alike in containers and in processes. What may differ
 * is listed here.
 */
class OneConfigurationTest {

    private static final String SOURCE = "deploy/flink/config.yaml";

    /** Where processes find each other, and where Prometheus finds them. */
    private static final String ADDRESSES =
            "jobmanager\\.(rpc\\.address|rpc\\.port|bind-host)|taskmanager\\.(host|bind-host)"
                    + "|rest\\.(address|bind-address|port)|metrics\\.reporter\\.prom\\.port";

    private static final String FOLDERS =
            "execution\\.checkpointing\\.(savepoint-)?dir|io\\.tmp\\.dirs";

    private static final String SIZES =
            "(jobmanager|taskmanager)\\.memory\\.process\\.size|taskmanager\\.numberOfTaskSlots";

    /** Kubernetes elects leaders itself; Compose has one copy of everything. */
    private static final String HIGH_AVAILABILITY = "high-availability\\..+";

    /** The operator's own, and where an application finds the broker: a session gives arguments. */
    private static final String OF_THE_OPERATOR = "job\\.autoscaler\\.enabled|sluice\\.kafka\\..+";

    @Test
    void theProcessesHaveTheFileOfTheImage() throws IOException {
        Map<String, Object> file = DeployFiles.yaml(SOURCE);
        assertThat(ShippedConfiguration.options())
                .isEqualTo(texts(file))
                .containsKeys("env.java.opts.all", "heartbeat.interval", "state.backend.type");
        assertThat(DeployFiles.copies()).containsEntry(SOURCE, "/opt/flink/conf/config.yaml");
        try (InputStream packed = ShippedConfiguration.class.getResourceAsStream("config.yaml")) {
            assertThat(packed)
                    .hasBinaryContent(Files.readAllBytes(DeployFiles.ROOT.resolve(SOURCE)));
        }
    }

    @Test
    void theProcessesDifferInAddressesAndFolders(@TempDir Path folder) throws IOException {
        Map<String, String> changes = new TreeMap<>(ClusterConfiguration.addresses(1, 2));
        changes.putAll(ClusterConfiguration.folders(folder));
        ClusterConfiguration.write(folder, changes);

        Map<String, String> written =
                GlobalConfiguration.loadConfiguration(folder.toString()).toMap();

        assertThat(without(written, ADDRESSES, FOLDERS))
                .isEqualTo(without(ShippedConfiguration.options(), ADDRESSES, FOLDERS));
    }

    /** A container can be reached by two names, and has a minute to start. */
    @Test
    void theBrokerIsThatOfTheContainer() throws IOException {
        String addresses =
                "(advertised\\.)?listeners|listener\\.security\\.protocol\\.map|log\\.dirs"
                        + "|inter\\.broker\\.listener\\.name|controller\\.quorum\\.voters";
        String fast =
                ".+\\.num\\.partitions|group\\.initial\\.rebalance\\.delay\\.ms"
                        + "|broker\\.(heartbeat\\.interval|session\\.timeout)\\.ms"
                        + "|auto\\.leader\\.rebalance\\.enable";

        Properties ours = BrokerProperties.of(new BrokerSettings(Path.of("log"), 1, 2));

        assertThat(without(texts(ours), addresses, fast))
                .isEqualTo(without(texts(Compose.read().broker()), addresses))
                .containsEntry("auto.create.topics.enable", "false");
    }

    /** Where one keeps the only copy, three keep three; and a loss leaves somebody to lead. */
    @Test
    void threeBrokersDifferInCopiesOnly() {
        String copies =
                ".+\\.(replication\\.factor|min\\.isr)|min\\.insync\\.replicas"
                        + "|unclean\\.leader\\.election\\.enable|auto\\.leader\\.rebalance\\.enable"
                        + "|controlled\\.shutdown\\.enable|controller\\.quorum\\.voters";
        Quorum three = Quorum.of(List.of(2, 3, 4));

        Properties one = BrokerProperties.of(new BrokerSettings(Path.of("log"), 1, 2));
        Properties first = BrokerProperties.of(new BrokerSettings(Path.of("log"), 1, 1, three));

        assertThat(without(texts(first), copies)).isEqualTo(without(texts(one), copies));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "sla"})
    void kubernetesDiffersAsItHasTo(String name) throws IOException {
        Map<String, Object> spec =
                map(DeployFiles.yaml("deploy/kubernetes/%s.yaml".formatted(name)), "spec");
        String[] differ = {ADDRESSES, FOLDERS, SIZES, HIGH_AVAILABILITY, OF_THE_OPERATOR};

        assertThat(without(texts(map(spec, "flinkConfiguration")), differ))
                .isEqualTo(without(ShippedConfiguration.options(), differ));
    }

    private static Map<String, String> texts(Map<?, ?> options) {
        Map<String, String> texts = new TreeMap<>();
        options.forEach((key, value) -> texts.put(key.toString(), value.toString()));
        return texts;
    }

    private static Map<String, String> without(Map<String, String> options, String... keys) {
        Pattern which = Pattern.compile(String.join("|", keys));
        Map<String, String> rest = new TreeMap<>(options);
        rest.keySet().removeIf(key -> which.matcher(key).matches());
        return rest;
    }
}
