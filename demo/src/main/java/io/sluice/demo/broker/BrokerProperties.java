package io.sluice.demo.broker;

import java.time.Duration;
import java.util.Properties;

/** Kafka's server properties for a node that is broker and controller at once. */
public final class BrokerProperties {

    /** The name of the controller's listener. */
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /**
     * Outcomes wait in open transactions while a job is down; the broker must not abort them
     * sooner.
     */
    private static final Duration MAX_TRANSACTION = Duration.ofHours(24);

    /** Of three copies; so one may be away. */
    private static final String MIN_IN_SYNC = "2";

    private BrokerProperties() {}

    /**
     * All of them. Those of a broker alone are those of the broker in {@code docker-compose.yml},
     * but for where it is, and for what makes it start and stop fast. Three keep as many copies of
     * everything as production has.
     */
    public static Properties of(BrokerSettings settings) {
        Properties properties = new Properties();
        node(properties, settings);
        copies(properties, settings.quorum());
        if (settings.quorum().isSafe()) {
            outliveOne(properties);
        } else {
            // There is no other node to hand leadership to.
            properties.setProperty("auto.leader.rebalance.enable", "false");
        }
        startAndStopFast(properties);
        properties.setProperty(
                "transaction.max.timeout.ms", Long.toString(MAX_TRANSACTION.toMillis()));
        // A missing topic is an error of whoever should have made it, not a topic with wrong
        // settings.
        properties.setProperty("auto.create.topics.enable", "false");
        return properties;
    }

    private static void node(Properties properties, BrokerSettings settings) {
        String controller = "localhost:" + settings.controllerPort();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(settings.node()));
        properties.setProperty("log.dirs", settings.directory().toString());
        properties.setProperty(
                "listeners",
                "PLAINTEXT://%s,%s://%s"
                        .formatted(settings.bootstrapServers(), CONTROLLER_LISTENER, controller));
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.setProperty("controller.quorum.voters", settings.quorum().voters());
    }

    /** Of the topics that brokers make for themselves. */
    private static void copies(Properties properties, Quorum quorum) {
        String copies = Integer.toString(quorum.size());
        String inSync = quorum.isSafe() ? MIN_IN_SYNC : "1";
        properties.setProperty("offsets.topic.replication.factor", copies);
        properties.setProperty("transaction.state.log.replication.factor", copies);
        properties.setProperty("transaction.state.log.min.isr", inSync);
        properties.setProperty("share.coordinator.state.topic.replication.factor", copies);
        properties.setProperty("share.coordinator.state.topic.min.isr", inSync);
    }

    /** What is acknowledged is on two nodes, and led by one that has it. */
    private static void outliveOne(Properties properties) {
        properties.setProperty("default.replication.factor", Integer.toString(Quorum.SAFE));
        properties.setProperty("min.insync.replicas", MIN_IN_SYNC);
        properties.setProperty("unclean.leader.election.enable", "false");
        properties.setProperty("auto.leader.rebalance.enable", "true");
        // A node that ends would first ask the controller to move what it leads. Where two are gone
        // there is none to ask, and the last would wait for minutes.
        properties.setProperty("controlled.shutdown.enable", "false");
    }

    private static void startAndStopFast(Properties properties) {
        // Each partition of these is a folder made at first use; fifty of them take seconds.
        properties.setProperty("offsets.topic.num.partitions", "2");
        properties.setProperty("transaction.state.log.num.partitions", "2");
        properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // The broker is let in by its controller at a heartbeat; the default beats every 2 s.
        properties.setProperty("broker.heartbeat.interval.ms", "100");
        // A broker that was killed is let in again only after its old session has run out, 9 s by
        // default.
        properties.setProperty("broker.session.timeout.ms", "3000");
    }
}
