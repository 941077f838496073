package io.sluice.demo.local;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a cluster shall be, as far as the user says; the rest is as before, or the default. */
final class StartOptions {

    @Option(
            names = "--job-managers",
            paramLabel = "N",
            description =
                    "How many job managers: one leads, and another takes its place at once when it is lost"
                            + " (default: 1).")
    private @Nullable Integer jobManagers;

    @Option(
            names = "--task-managers",
            paramLabel = "N",
            description = "How many task managers (default: 2).")
    private @Nullable Integer taskManagers;

    @Option(names = "--slots", paramLabel = "N", description = "Task slots of each (default: 2).")
    private @Nullable Integer slots;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description = "Where Flink's page and REST interface are; 0 picks one (default: 8081).")
    private @Nullable Integer webPort;

    @Option(
            names = "--zookeeper-port",
            paramLabel = "PORT",
            description = "Where the ZooKeeper server is; 0 picks one (default: 2181).")
    private @Nullable Integer zooKeeperPort;

    @Mixin private BrokerOptions brokers = new BrokerOptions();

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description =
                    "An option of Flink over the shipped ones, such as taskmanager.memory.process.size=4g;"
                            + " may be repeated.")
    private Map<String, String> flinkOptions = new TreeMap<>();

    /**
     * The cluster that is wanted.
     *
     * @param before what the cluster in the folder was, if there was one
     * @param runs whether some of it runs, so that a port that is left to chance is found already
     * @throws IllegalArgumentException if options do not go together
     */
    LocalSettings over(Optional<LocalSettings> before, boolean runs) {
        PortChoice ports = new PortChoice(runs);
        BrokerOptions.Wanted wanted = brokers.over(before, ports);
        return new LocalSettings(
                number(taskManagers, before.map(LocalSettings::taskManagers), 2),
                number(slots, before.map(LocalSettings::slots), 2),
                ports.known(webPort, before.map(LocalSettings::webPort), 8081),
                standbyPorts(before.map(LocalSettings::webPorts), ports),
                ports.known(zooKeeperPort, before.map(LocalSettings::zooKeeperPort), 2181),
                wanted.ports(),
                wanted.controllerPorts(),
                wanted.clusterId(),
                wanted.bootstrapServers(),
                options(before));
    }

    /** Nobody has to know them: each of the interfaces answers for the one that leads. */
    private List<Integer> standbyPorts(Optional<List<Integer>> before, PortChoice ports) {
        int count = number(jobManagers, before.map(List::size), 1);
        LocalSettings.require("--job-managers", count);
        return IntStream.range(1, count)
                .mapToObj(
                        number ->
                                ports.own(
                                        before.filter(was -> number < was.size())
                                                .map(was -> was.get(number))))
                .toList();
    }

    private Map<String, String> options(Optional<LocalSettings> before) {
        Map<String, String> options = new TreeMap<>();
        before.ifPresent(settings -> options.putAll(settings.options()));
        options.putAll(flinkOptions);
        return options;
    }

    private static int number(@Nullable Integer given, Optional<Integer> before, int otherwise) {
        return given != null ? given : before.orElse(otherwise);
    }
}
