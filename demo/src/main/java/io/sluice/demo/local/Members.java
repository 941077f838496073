package io.sluice.demo.local;

import io.sluice.demo.broker.BrokerProcess;
import io.sluice.demo.broker.BrokerReadiness;
import io.sluice.demo.broker.BrokerSettings;
import io.sluice.demo.cluster.ClusterConfiguration;
import io.sluice.demo.cluster.FlinkLaunch;
import io.sluice.demo.cluster.FlinkRest;
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
    private final List<Member> flinks;

    Members(ClusterFolder folder, LocalSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.flink = new FlinkLaunch(folder.conf(), folder.logs(), ClassPath.current());
        this.rest = new FlinkRest(webUrl());
        this.zooKeeper =
                new ZooKeeperLaunch(
                        folder.conf().resolve("zookeeper.properties"),
                        folder.path().resolve("zookeeper"),
                        settings.zooKeeperPort());
        this.brokers = settings.brokers(folder.path());
        this.services =
                Stream.concat(Stream.of(zooKeeper()), brokers.stream().map(Members::broker))
                        .toList();
        this.flinks =
                Stream.concat(
                                Stream.of(jobManager()),
                                IntStream.rangeClosed(1, settings.taskManagers())
                                        .mapToObj(number -> taskManager("taskmanager-" + number)))
                        .toList();
    }

    /** Where Flink's page and REST interface are. */
    URI webUrl() {
        return URI.create("http://localhost:" + settings.webPort());
    }

    /** The cluster's own brokers. */
    List<BrokerSettings> brokers() {
        return brokers;
    }

    /** What Flink needs others for, so it starts after them and ends before them. */
    List<Member> services() {
        return services;
    }

    /** What runs jobs: the job manager, then those that register with it. */
    List<Member> flink() {
        return flinks;
    }

    /** Flink's REST interface. */
    FlinkRest rest() {
        return rest;
    }

    /** All of them. */
    List<Member> all() {
        return Stream.concat(services.stream(), flinks.stream()).toList();
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

    private Member jobManager() {
        return new Member(
                "jobmanager",
                webUrl().toString(),
                List.of(new OwnPort("jobmanager", settings.webPort(), "--web-port")),
                FLINK_GRACE,
                () -> flink.jobManager("jobmanager"),
                process ->
                        Await.until(
                                "the job manager to answer on " + webUrl(),
                                PATIENCE,
                                () -> {
                                    process.requireAlive();
                                    return rest.taskManagers() >= 0;
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
