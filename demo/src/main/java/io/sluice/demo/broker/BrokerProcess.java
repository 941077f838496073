package io.sluice.demo.broker;

import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;

import java.nio.file.Path;
import java.util.List;

/**
 * The same broker in a JVM of its own, which can be killed as a crashed machine is, and started
 * again on the same log and port. It runs {@link BrokerCommand}, and ends when this JVM does. Not
 * safe for use by several threads.
 */
public final class BrokerProcess implements AutoCloseable {

    private static final List<String> JVM_ARGUMENTS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final BrokerSettings settings;
    private final Path logFolder;
    private JavaProcess process;

    private BrokerProcess(BrokerSettings settings, Path logFolder) {
        this.settings = settings;
        this.logFolder = logFolder;
    }

    /**
     * Starts a broker and returns when it answers.
     *
     * @param settings where its log is and where it listens
     * @param logFolder where {@code broker.log} and {@code broker.out} go
     * @throws BrokerStartException if it ends or does not answer; then nothing runs
     */
    public static BrokerProcess start(BrokerSettings settings, Path logFolder) {
        BrokerProcess broker = new BrokerProcess(settings, logFolder);
        broker.restart();
        return broker;
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process as {@code kill -9} does, and waits until it is gone. The log stays. */
    public void kill() {
        process.kill();
    }

    /**
     * Starts the broker again, on the same log and ports, after a {@link #kill}.
     *
     * @throws IllegalStateException if it still runs
     * @throws BrokerStartException if it ends or does not answer; then nothing runs
     */
    public void restart() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("the broker runs on " + bootstrapServers());
        }
        process = JavaProcess.start(command(settings), logFolder);
        try {
            BrokerReadiness.await(settings, process::requireAlive);
        } catch (RuntimeException exception) {
            process.close();
            throw new BrokerStartException(exception.getMessage(), exception);
        }
    }

    /** What runs a broker in a JVM of its own. */
    public static JavaCommand command(BrokerSettings settings) {
        return new JavaCommand(
                "broker",
                ClassPath.current(),
                JVM_ARGUMENTS,
                BrokerCommand.class.getName(),
                List.of(
                        "--directory=" + settings.directory(),
                        "--port=" + settings.port(),
                        "--controller-port=" + settings.controllerPort()));
    }

    /** Kills the process if it runs. The log stays where the settings put it. */
    @Override
    public void close() {
        process.close();
    }
}
