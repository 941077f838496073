package io.sluice.demo.local;

import io.sluice.demo.cluster.ShippedConfiguration;

import org.apache.flink.configuration.GlobalConfiguration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class MembersTest {

    @TempDir private Path path;

    @Test
    void startsWhatOthersNeedFirst() {
        Members members = members(settings(List.of(9092), Map.of()));

        assertThat(members.all())
                .extracting(Member::name)
                .containsExactly(
                        "zookeeper", "broker", "jobmanager", "taskmanager-1", "taskmanager-2");
        assertThat(members.services()).extracting(Member::name).contains("zookeeper", "broker");
        assertThat(members.all())
                .flatExtracting(Member::ports)
                .extracting(Member.OwnPort::number)
                .containsExactly(2181, 9092, 19092, 8081);
        assertThat(members(settings(List.of(), Map.of())).all())
                .extracting(Member::name)
                .doesNotContain("broker");
        assertThat(members(settings(List.of(1, 2, 3), Map.of())).services())
                .extracting(Member::name)
                .containsExactly("zookeeper", "broker-1", "broker-2", "broker-3");
    }

    @Test
    void numbersJobManagersOfWhichOneStandsBy() {
        Members members = members(settings(List.of(8090), List.of(9092), Map.of()));

        assertThat(members.jobManagers())
                .extracting(Member::name, Member::where)
                .containsExactly(
                        tuple("jobmanager-1", "http://localhost:8081"),
                        tuple("jobmanager-2", "http://localhost:8090"));
        assertThat(members(settings(List.of(9092), Map.of())).jobManagers())
                .extracting(Member::name)
                .containsExactly("jobmanager");
    }

    /** Or else job managers that lost their session would never lead again, now and then. */
    @Test
    void keepsTheNodeOfTheElectionWhileNobodyStands() {
        Member zooKeeper = members(settings(List.of(), Map.of())).services().get(0);

        assertThat(zooKeeper.command().get().jvmArguments())
                .contains("-Dznode.container.checkIntervalMs=" + Integer.MAX_VALUE);
    }

    /** All else is as it is shipped; see {@code OneConfigurationTest}. */
    @Test
    void changesAddressesFoldersSlotsAndHighAvailabilityOnly() throws Exception {
        members(settings(List.of(9092), Map.of())).writeFiles();

        assertThat(changes())
                .containsOnlyKeys(
                        "execution.checkpointing.dir",
                        "execution.checkpointing.savepoint-dir",
                        "high-availability.storageDir",
                        "high-availability.type",
                        "high-availability.zookeeper.quorum",
                        "io.tmp.dirs",
                        "jobmanager.bind-host",
                        "jobmanager.rpc.address",
                        "jobmanager.rpc.port",
                        "rest.address",
                        "rest.bind-address",
                        "taskmanager.bind-host",
                        "taskmanager.host",
                        "taskmanager.numberOfTaskSlots")
                .containsEntry(
                        "high-availability.storageDir", path.resolve("ha").toUri().toString())
                .containsEntry("high-availability.zookeeper.quorum", "localhost:2181");
        assertThat(path.resolve("conf/zookeeper.properties")).content().contains("clientPort=2181");
    }

    @Test
    void letsTheUserHaveTheLastWord() throws Exception {
        members(settings(List.of(9092), Map.of("heartbeat.interval", "7 s", "a.b", "c: 'd'")))
                .writeFiles();

        assertThat(changes())
                .containsEntry("heartbeat.interval", "7 s")
                .containsEntry("a.b", "c: 'd'");
    }

    private Map<String, String> changes() {
        Map<String, String> written =
                new TreeMap<>(
                        GlobalConfiguration.loadConfiguration(path.resolve("conf").toString())
                                .toMap());
        ShippedConfiguration.options().forEach(written::remove);
        return written;
    }

    private Members members(LocalSettings settings) {
        return new Members(new ClusterFolder(path), settings);
    }

    private static LocalSettings settings(List<Integer> brokers, Map<String, String> options) {
        return settings(List.of(), brokers, options);
    }

    private static LocalSettings settings(
            List<Integer> standby, List<Integer> brokers, Map<String, String> options) {
        List<Integer> controllers = brokers.stream().map(port -> port + 10_000).toList();
        return new LocalSettings(
                2, 3, 8081, standby, 2181, brokers, controllers, null, null, options);
    }
}
