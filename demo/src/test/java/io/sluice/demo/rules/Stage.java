package io.sluice.demo.rules;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.demo.process.TemporaryFolder;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.nio.file.Path;

/**
 * A broker, and a cluster of one task manager that can be killed. Both start once for all tests of
 * the rules; a test takes them as a parameter, and has topics and a job of its own on them.
 */
final class Stage implements AutoCloseable {

    private final TemporaryFolder folder = TemporaryFolder.create("sluice-rules-");
    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final FlinkMiniCluster cluster =
            FlinkMiniCluster.start(new MiniClusterSettings(1, 1, 0, folder.path()));
    private int taskManager;

    /** Hands the one stage to every test that asks for it. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Stage.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Stage.class))
                    .getOrComputeIfAbsent(Stage.class, key -> new Stage(), Stage.class);
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    FlinkMiniCluster cluster() {
        return cluster;
    }

    FlinkRest rest() {
        return new FlinkRest(cluster.webUrl());
    }

    Path folder() {
        return folder.path();
    }

    /** Kills the task manager with everything that runs on it. */
    void killTaskManager() {
        cluster.killTaskManager(taskManager);
    }

    /** Puts another one in its place. */
    void replaceTaskManager() {
        cluster.startTaskManager();
        taskManager++;
    }

    @Override
    public void close() {
        cluster.close();
        broker.close();
        folder.close();
    }
}
