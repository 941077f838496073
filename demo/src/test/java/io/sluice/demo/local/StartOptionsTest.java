package io.sluice.demo.local;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StartOptionsTest {

    private static final LocalSettings DEFAULTS = wanted();

    @Test
    void startsTwoTaskManagersAndABrokerWhereEverybodyLooks() {
        assertThat(DEFAULTS)
                .returns(2, LocalSettings::taskManagers)
                .returns(2, LocalSettings::slots)
                .returns(8081, LocalSettings::webPort)
                .returns(2181, LocalSettings::zooKeeperPort)
                .returns(List.of(9092), LocalSettings::brokerPorts)
                .returns("localhost:9092", LocalSettings::bootstrapServers)
                .returns(Map.of(), LocalSettings::options);
        assertThat(DEFAULTS.controllerPorts())
                .singleElement()
                .satisfies(port -> assertThat(port).isBetween(20_000, 32_767));
    }

    @Test
    void takesWhatIsGiven() {
        assertThat(
                        wanted(
                                "--task-managers=1",
                                "--slots=4",
                                "--web-port=18081",
                                "--broker-port=19092",
                                "-Da.b=c=d",
                                "-D",
                                "e=f"))
                .returns(1, LocalSettings::taskManagers)
                .returns(4, LocalSettings::slots)
                .returns(18081, LocalSettings::webPort)
                .returns("localhost:19092", LocalSettings::bootstrapServers)
                .returns(Map.of("a.b", "c=d", "e", "f"), LocalSettings::options);
    }

    @Test
    void usesBrokersThatAreThere() {
        assertThat(wanted("--bootstrap-servers=kafka:1"))
                .returns(false, LocalSettings::hasBrokers)
                .returns("kafka:1", LocalSettings::bootstrapServers);
        assertThat(wanted("--no-broker"))
                .returns(false, LocalSettings::hasBrokers)
                .returns(null, LocalSettings::bootstrapServers);
        assertThat(wanted("--broker")).returns(true, LocalSettings::hasBrokers);
        assertThatThrownBy(() -> wanted("--bootstrap-servers=kafka:1", "--broker-port=9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave out --broker, --brokers and --broker-port");
    }

    @Test
    void startsThreeBrokersOfOneClusterOnPortsInARow() {
        LocalSettings three = wanted("--brokers=3");

        assertThat(three)
                .returns(List.of(9092, 9093, 9094), LocalSettings::brokerPorts)
                .returns(
                        "localhost:9092,localhost:9093,localhost:9094",
                        LocalSettings::bootstrapServers);
        assertThat(three.controllerPorts()).hasSize(3).doesNotHaveDuplicates();
        assertThat(three.clusterId()).isNotNull();
        assertThat(wanted("--brokers=3", "--broker-port=19092").brokerPorts())
                .containsExactly(19092, 19093, 19094);
        assertThat(wanted("--brokers=3", "--broker-port=0").brokerPorts())
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(over(three, true)).isEqualTo(three);
        assertThat(over(three, true, "--brokers=3", "--broker-port=0")).isEqualTo(three);
    }

    /** Topics are on the brokers that they were made on. */
    @Test
    void keepsAsManyBrokersAsThereWere() {
        assertThatThrownBy(() -> over(DEFAULTS, false, "--brokers=3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the cluster has 1, and its topics are there");
        assertThatThrownBy(() -> over(wanted("--brokers=3"), false, "--brokers=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the cluster has 3");
        assertThat(over(wanted("--no-broker"), false, "--brokers=3").brokerPorts()).hasSize(3);
    }

    @Test
    void standsByOnPortsOfItsOwnThatStay() {
        LocalSettings before = wanted("--job-managers=3");

        assertThat(before.webPorts()).hasSize(3).startsWith(8081).doesNotHaveDuplicates();
        assertThat(over(before, true)).isEqualTo(before);
        assertThat(over(before, false, "--job-managers=2").webPorts())
                .isEqualTo(before.webPorts().subList(0, 2));
        assertThat(over(before, false, "--job-managers=1").webPorts()).containsExactly(8081);
        assertThatThrownBy(() -> wanted("--job-managers=0"))
                .hasMessageContaining("--job-managers must be from 1");
    }

    @Test
    void movesAControllerWhosePortIsTakenWhileNothingRuns() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            List<Integer> there = List.of(taken.getLocalPort());
            LocalSettings before =
                    new LocalSettings(
                            2,
                            2,
                            8081,
                            List.of(),
                            2181,
                            List.of(9092),
                            there,
                            null,
                            "localhost:9092",
                            Map.of());

            assertThat(over(before, false).controllerPorts()).hasSize(1).isNotEqualTo(there);
            assertThat(over(before, true)).isEqualTo(before);
        }
    }

    @Test
    void keepsWhatTheClusterWas() {
        LocalSettings before = wanted("--slots=4", "--bootstrap-servers=kafka:1", "-Da=b");

        assertThat(over(before, true)).isEqualTo(before);
        assertThat(over(before, false, "--slots=1", "-Dc=d"))
                .returns(1, LocalSettings::slots)
                .returns("kafka:1", LocalSettings::bootstrapServers)
                .returns(Map.of("a", "b", "c", "d"), LocalSettings::options);
        assertThat(over(before, false, "--broker"))
                .returns("localhost:9092", LocalSettings::bootstrapServers);
    }

    @Test
    void choosesAPortOnceAndKeepsItWhileTheClusterRuns() {
        LocalSettings before = wanted("--web-port=0", "--broker-port=0", "--zookeeper-port=0");

        assertThat(before.webPort()).isBetween(20_000, 32_767);
        assertThat(before.webPort())
                .isNotIn(before.brokerPorts())
                .isNotEqualTo(before.zooKeeperPort());
        assertThat(before.bootstrapServers()).isEqualTo("localhost:" + before.brokerPorts().get(0));
        assertThat(over(before, true, "--web-port=0", "--broker-port=0")).isEqualTo(before);
        assertThat(over(before, false)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "--task-managers=0, --task-managers must be from 1 to 64",
        "--slots=65, --slots must be from 1 to 64",
        "--web-port=70000, port 70000 is not one",
        "--brokers=2, '--brokers must be 1, or 3 so that the loss of one is survived, not 2'",
        "--brokers=3 --broker-port=65534, port 65536 is not one",
        "--brokers=3 --no-broker, --no-broker and --brokers 3 say different things",
        "--brokers=3 --bootstrap-servers=kafka:1, 'leave out --broker, --brokers and'"
    })
    void refusesWhatMakesNoSense(String options, String why) {
        assertThatThrownBy(() -> wanted(options.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static LocalSettings wanted(String... arguments) {
        return parse(arguments).over(Optional.empty(), false);
    }

    private static LocalSettings over(LocalSettings before, boolean runs, String... arguments) {
        return parse(arguments).over(Optional.of(before), runs);
    }

    private static StartOptions parse(String... arguments) {
        StartOptions options = new StartOptions();
        new CommandLine(new Host(options)).parseArgs(arguments);
        return options;
    }

    @CommandLine.Command(name = "start")
    private record Host(@CommandLine.Mixin StartOptions options) {}
}
