package io.sluice.demo.local;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

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
                .returns(9092, LocalSettings::brokerPort)
                .returns("localhost:9092", LocalSettings::bootstrapServers)
                .returns(Map.of(), LocalSettings::options);
        assertThat(DEFAULTS.controllerPort()).isNotEqualTo(9092).isPositive();
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
                .returns(false, LocalSettings::hasBroker)
                .returns("kafka:1", LocalSettings::bootstrapServers);
        assertThat(wanted("--no-broker"))
                .returns(false, LocalSettings::hasBroker)
                .returns(null, LocalSettings::bootstrapServers);
        assertThat(wanted("--broker")).returns(true, LocalSettings::hasBroker);
        assertThatThrownBy(() -> wanted("--bootstrap-servers=kafka:1", "--broker-port=9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave out --broker and --broker-port");
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
        assertThat(before.webPort()).isNotIn(before.brokerPort(), before.zooKeeperPort());
        assertThat(before.bootstrapServers()).isEqualTo("localhost:" + before.brokerPort());
        assertThat(over(before, true, "--web-port=0", "--broker-port=0")).isEqualTo(before);
        assertThat(over(before, false)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "--task-managers=0, --task-managers must be from 1 to 64",
        "--slots=65, --slots must be from 1 to 64",
        "--web-port=70000, port 70000 is not one"
    })
    void refusesWhatMakesNoSense(String option, String why) {
        assertThatThrownBy(() -> wanted(option))
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
