package io.sluice.demo.apps;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.process.Await;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TopicsCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String WEAK =
            "WEAK    %d topics can lose what was acknowledged when a broker is lost; for production see --production"
                    .formatted(Topic.values().length);

    private EmbeddedBroker broker;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.temporary();
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void createsWhatIsMissingAndChangesNothing() {
        Console before = run("topics", "check");
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.out())
                .hasSize(Topic.values().length)
                .contains("DIFFERS inference.requests is missing; `sluice topics create` makes it");

        Console created = run("topics", "create", "--partitions=requests=3");
        assertThat(created.code()).isZero();
        assertThat(created.err()).isEmpty();
        assertThat(created.out())
                .hasSize(Topic.values().length)
                .contains("created inference.requests with 3 partitions")
                .contains("created inference.config with 1 partitions");
        Console again = run("topics", "create");
        assertThat(again.code()).isZero();
        assertThat(again.out()).allMatch(line -> line.startsWith("exists  inference."));

        assertThat(run("topics", "check").out())
                .containsExactly(
                        "DIFFERS inference.requests has 3 partitions, should have 8", WEAK);
        Console check = run("topics", "check", "--partitions=requests=3");
        assertThat(check.out()).containsExactly(WEAK, "All topics are as they should be.");
        assertThat(check.code()).isZero();
    }

    @Test
    void namesEachDifference() throws Exception {
        run("topics", "create", "--topic-prefix=other.");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            set(admin, "other.worker-events", "message.timestamp.type", "CreateTime");
            set(admin, "other.sla", "cleanup.policy", "delete,compact");
            set(admin, "other.outcomes", "cleanup.policy", "compact");
            set(admin, "other.outcomes", "retention.ms", "1000");
            admin.createPartitions(Map.of("other.control", NewPartitions.increaseTo(5)))
                    .all()
                    .get();
            admin.deleteTopics(List.of("other.decisions")).all().get();
            // The broker follows its controller in order, so once this is seen, so is all before
            // it.
            Await.until(
                    "the broker to forget other.decisions",
                    PATIENCE,
                    () -> !admin.listTopics().names().get().contains("other.decisions"));
        }

        Console check =
                run("topics", "check", "--topic-prefix=other.", "--transaction-timeout=25h");

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .filteredOn(line -> !line.startsWith("WEAK"))
                .containsExactly(
                        "DIFFERS other.control has 5 partitions, should have 4",
                        "DIFFERS other.worker-events has message.timestamp.type CreateTime, should have LogAppendTime",
                        "DIFFERS other.outcomes has cleanup.policy compact, should have delete",
                        "DIFFERS other.outcomes has retention.ms 1000, should have 604800000",
                        "DIFFERS other.decisions is missing; `sluice topics create` makes it",
                        "DIFFERS broker 1 has transaction.max.timeout.ms 86400000, should have at least 90000000, the transaction timeout of the scheduler job");
    }

    @Test
    void asksForMoreInProduction() {
        assertThat(run("topics", "create", "--production", "--replication-factor=1").code())
                .isZero();
        Console check = run("topics", "check", "--production");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .as("what is in sync and who may lead was set when they were made")
                .hasSize(Topic.values().length)
                .contains(
                        "DIFFERS inference.requests has 1 copy of each record, should have at least 3");

        run("topics", "create", "--topic-prefix=plain.");
        assertThat(run("topics", "check", "--production", "--topic-prefix=plain.").out())
                .contains(
                        "DIFFERS plain.requests has min.insync.replicas 1, should have at least 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--replication-factor=3", "--production"})
    void saysWhatTheBrokerRefuses(String option) {
        Console console = run("topics", "create", option);

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.err())
                .singleElement()
                .asString()
                .startsWith("sluice: Kafka on " + broker.bootstrapServers())
                .containsIgnoringCase("replication factor");
    }

    @Test
    void aMissingTopicIsNamedByWhoeverNeedsIt(@TempDir Path folder) {
        Console worker =
                run(
                        "worker",
                        "--simulate=A100_7B",
                        "--instance-id=lonely",
                        "--ledger-dir=" + folder);
        Console tail = run("tail", "outcomes");

        assertThat(worker.code()).isEqualTo(1);
        assertThat(worker.err())
                .containsExactly(
                        "sluice: topic inference.dispatch does not exist on %s; `sluice topics create` makes it"
                                .formatted(broker.bootstrapServers()));
        assertThat(tail.code()).isEqualTo(1);
        assertThat(tail.err())
                .containsExactly(
                        "sluice: topic inference.outcomes does not exist on %s; `sluice topics create` makes it"
                                .formatted(broker.bootstrapServers()));
    }

    @Test
    void aPartitionThatIsNotThereIsNamed(@TempDir Path folder) {
        run("topics", "create");
        Console worker =
                run(
                        "worker",
                        "--simulate=A100_7B",
                        "--instance-id=lonely",
                        "--dispatch-partition=8",
                        "--ledger-dir=" + folder);
        Console tail = run("tail", "outcomes", "--partition=8");

        assertThat(worker.err())
                .containsExactly(
                        "sluice: topic inference.dispatch has no partition 8: choose --dispatch-partition from 0 to 7");
        assertThat(tail.err())
                .containsExactly(
                        "sluice: topic inference.outcomes has no partition 8: choose --partition from 0 to 7");
    }

    private Console run(String... arguments) {
        return Console.run(broker.bootstrapServers(), arguments);
    }

    private static void set(Admin admin, String topic, String key, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp operation =
                new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(operation))).all().get();
    }
}
