package io.sluice.demo.broker;

import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What makes nodes one cluster, without starting any. */
class QuorumTest {

    private static final Quorum THREE = Quorum.of(List.of(21, 22, 23));

    @TempDir private Path folder;

    @Test
    void hasOneNodeOrThree() {
        assertThat(Quorum.of(List.of(21)).voters()).isEqualTo("1@localhost:21");
        assertThat(THREE.voters()).isEqualTo("1@localhost:21,2@localhost:22,3@localhost:23");
        for (List<Integer> ports :
                List.of(List.<Integer>of(), List.of(1, 2), List.of(1, 2, 3, 4))) {
            assertThatThrownBy(() -> Quorum.of(ports))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not " + ports.size());
        }
        assertThatThrownBy(() -> Quorum.of(List.of(21, 22, 21)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a port of its own");
        assertThatThrownBy(() -> new BrokerSettings(folder, 9, 4, THREE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no node 4 among 3");
    }

    @Test
    void givesEachNodeItsOwnNameFolderAndPorts() {
        List<BrokerSettings> brokers = BrokerSettings.all(folder, List.of(11, 12, 13), THREE);

        assertThat(brokers)
                .extracting(BrokerSettings::name)
                .containsExactly("broker-1", "broker-2", "broker-3");
        assertThat(brokers)
                .extracting(BrokerSettings::directory)
                .containsExactly(
                        folder.resolve("broker-1"),
                        folder.resolve("broker-2"),
                        folder.resolve("broker-3"));
        assertThat(brokers).extracting(BrokerSettings::controllerPort).containsExactly(21, 22, 23);
        assertThat(BrokerSettings.bootstrapServers(brokers))
                .isEqualTo("localhost:11,localhost:12,localhost:13");
        assertThat(BrokerSettings.all(folder, List.of(11), Quorum.of(List.of(21))))
                .extracting(BrokerSettings::name)
                .containsExactly("broker");
    }

    /** Else a node that is lost takes with it what was acknowledged, or what brokers remember. */
    @Test
    void keepsThreeCopiesOfWhateverIsMade() {
        Properties properties =
                BrokerProperties.of(BrokerSettings.all(folder, List.of(11, 12, 13), THREE).get(1));

        assertThat(properties)
                .containsEntry("node.id", "2")
                .containsEntry("listeners", "PLAINTEXT://localhost:12,CONTROLLER://localhost:22")
                .containsEntry("default.replication.factor", "3")
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("unclean.leader.election.enable", "false")
                .containsEntry("offsets.topic.replication.factor", "3")
                .containsEntry("transaction.state.log.replication.factor", "3")
                .containsEntry("transaction.state.log.min.isr", "2");
    }

    @Test
    void knowsWhichPartitionsLackACopy() {
        PartitionCopies copies =
                new PartitionCopies(
                        List.of(
                                partition(nodes(1, 2, 3), nodes(1, 2, 3)),
                                partition(nodes(1, 2, 3), nodes(1, 3)),
                                partition(nodes(1), nodes(1))));

        assertThat(copies.behind()).isEqualTo(1);
        assertThat(copies.areInSyncOn(1)).isTrue();
        assertThat(copies.areInSyncOn(2)).isFalse();
        assertThat(copies.areInSyncOn(3)).isTrue();
    }

    private static List<Node> nodes(int... ids) {
        return IntStream.of(ids).mapToObj(id -> new Node(id, "localhost", id)).toList();
    }

    private static TopicPartitionInfo partition(List<Node> replicas, List<Node> inSync) {
        return new TopicPartitionInfo(0, inSync.get(0), replicas, inSync);
    }
}
