package io.sluice.demo.local;

import io.sluice.demo.broker.BrokerProcess;
import io.sluice.demo.broker.BrokerReadiness;
import io.sluice.demo.broker.BrokerSettings;
import io.sluice.demo.cluster.ClusterConfiguration;
import io.sluice.demo.cluster.FlinkLaunch;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.RestTls;
import io.sluice.demo.cluster.ZooKeeperLaunch;
import io.sluice.demo.local.Member.OwnPort;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.FreePorts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The processes of a cluster, and the files that they read. */
final class Members {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Flink halts itself after five seconds of trying to end. */
    private static final Duration FLINK_GRACE = Duration.ofSeconds(20);

    private static final Duration SERVICE_GRACE = Duration.ofSeconds(30);

    private final ClusterFolder folder;
    private final LocalSettings settings;
    private final ZooKeeperLaunch zooKeeper;
    private final FlinkLaunch flink;
    private final FlinkRest rest;
    private final List<BrokerSettings> brokers;
    private final List<Member> services;
    private final List<Member> jobManagers;
    private final List<Member> taskManagers;

    Members(ClusterFolder folder, LocalSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.flink = new FlinkLaunch(folder.conf(), folder.logs(), ClassPath.current());
        this.rest =
                new FlinkRest(
                        settings.webPorts().stream().map(Members::url).toList(), RestTls.USUAL);
        this.zooKeeper =
                new ZooKeeperLaunch(
                        folder.conf().resolve("zookeeper.properties"),
                        folder.path().resolve("zookeeper"),
                        settings.zooKeeperPort());
        this.brokers = settings.brokers(folder.path());
        this.services =
                Stream.concat(Stream.of(zooKeeper()), brokers.stream().map(Members::broker))
                        .toList();
        this.jobManagers =
                IntStream.range(0, settings.webPorts().size()).mapToObj(this::jobManager).toList();
        this.taskManagers =
                IntStream.rangeClosed(1, settings.taskManagers())
                        .mapToObj(number -> taskManager("taskmanager-" + number))
                        .toList();
    }

    /** Where Flink's page and REST interface are. */
    URI webUrl() {
        return url(settings.webPort());
    }

    private static URI url(int port) {
        return URI.create("http://localhost:" + port);
    }

    /** The cluster's own brokers. */
    List<BrokerSettings> brokers() {
        return brokers;
    }

    /** What Flink needs others for, so it starts after them and ends before them. */
    List<Member> services() {
        return services;
    }

    /** What leads jobs, or stands by to do so. */
    List<Member> jobManagers() {
        return jobManagers;
    }

    /** What runs the tasks of jobs. */
    List<Member> taskManagers() {
        return taskManagers;
    }

    /** Job managers, then those that register with the one that leads. */
    List<Member> flink() {
        return Stream.concat(jobManagers.stream(), taskManagers.stream()).toList();
    }

    /** Flink's REST interface. */
    FlinkRest rest() {
        return rest;
    }

    /** All of them. */
    List<Member> all() {
        return Stream.concat(services.stream(), flink().stream()).toList();
    }

    private Member zooKeeper() {
        return new Member(
                "zookeeper",
                zooKeeper.address(),
                List.of(new OwnPort("zookeeper", settings.zooKeeperPort(), "--zookeeper-port")),
                SERVICE_GRACE,
                () -> zooKeeper.command("zookeeper", ClassPath.current()),
                process -> zooKeeper.await(process::requireAlive));
    }

    private static Member broker(BrokerSettings broker) {
        String name = broker.name();
        return new Member(
                name,
                broker.bootstrapServers(),
                List.of(
                        new OwnPort(name, broker.port(), "--broker-port"),
                        new OwnPort("controller of the " + name, broker.controllerPort(), "")),
                SERVICE_GRACE,
                () -> BrokerProcess.command(broker),
                process -> BrokerReadiness.await(broker, process::requireAlive));
    }

    /** As for brokers: of several each has its number. */
    private Member jobManager(int index) {
        List<Integer> ports = settings.webPorts();
        String name = ports.size() == 1 ? "jobmanager" : "jobmanager-" + (index + 1);
        int port = ports.get(index);
        FlinkRest own = new FlinkRest(url(port));
        return new Member(
                name,
                url(port).toString(),
                List.of(new OwnPort(name, port, index == 0 ? "--web-port" : "")),
                FLINK_GRACE,
                () -> flink.jobManager(name, port),
                process ->
                        Await.until(
                                name + " to answer on " + url(port),
                                PATIENCE,
                                () -> {
                                    process.requireAlive();
                                    return own.taskManagers() >= 0;
                                }));
    }

    private Member taskManager(String name) {
        String resourceId = name + "-" + Instant.now().getEpochSecond();
        return new Member(
                name,
                settings.slots() == 1 ? "1 slot" : settings.slots() + " slots",
                List.of(),
                FLINK_GRACE,
                () -> flink.taskManager(name, resourceId),
                process ->
                        Await.until(
                                name + " to register with the job manager",
                                PATIENCE,
                                () -> {
                                    process.requireAlive();
                                    return rest.taskManagerIds().contains(resourceId);
                                }));
    }

    /** Writes what the processes read when they start. */
    void writeFiles() throws IOException {
        Path path = folder.path();
        Files.createDirectories(path.resolve("tmp"));
        Map<String, String> changes = new TreeMap<>();
        changes.putAll(
                ClusterConfiguration.addresses(settings.webPort(), FreePorts.pick(1).get(0)));
        changes.putAll(ClusterConfiguration.folders(path));
        changes.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots()));
        changes.putAll(zooKeeper.flinkOptions(path.resolve("ha")));
        changes.putAll(settings.options());
        ClusterConfiguration.write(folder.conf(), changes);
        zooKeeper.writeSettings();
    }
}
