package io.sluice.demo.broker;

import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        return start(List.of(settings), logFolder).get(0);
    }

    /**
     * Starts the brokers of a cluster at once, since none of several is ready alone.
     *
     * @param brokers all of them, or enough for a majority
     * @param logFolder where each writes {@code NAME.log} and {@code NAME.out}
     * @throws BrokerStartException if one ends or does not answer; then none runs
     */
    public static List<BrokerProcess> start(List<BrokerSettings> brokers, Path logFolder) {
        List<BrokerProcess> processes =
                brokers.stream().map(settings -> new BrokerProcess(settings, logFolder)).toList();
        try {
            processes.forEach(BrokerProcess::launch);
            processes.forEach(BrokerProcess::awaitReady);
            return processes;
        } catch (RuntimeException exception) {
            processes.forEach(BrokerProcess::close);
            throw exception;
        }
    }

    /** Which node of its cluster it is. */
    public int node() {
        return settings.node();
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
     * Asks the process to end as {@code kill} does, and kills it if it has not after a while.
     *
     * @param patience how long it may take
     * @return whether it ended by itself
     */
    public boolean terminate(Duration patience) {
        return process.terminate(patience);
    }

    /**
     * Starts the broker again, on the same log and ports, after a {@link #kill}.
     *
     * @throws IllegalStateException if it still runs
     * @throws BrokerStartException if it ends, does not answer, or does not catch up with the
     *     others; then it does not run
     */
    public void restart() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("the broker runs on " + bootstrapServers());
        }
        launch();
        awaitReady();
    }

    private void launch() {
        process = JavaProcess.start(command(settings), logFolder);
    }

    private void awaitReady() {
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
                settings.name(),
                ClassPath.current(),
                JVM_ARGUMENTS,
                BrokerCommand.class.getName(),
                arguments(settings));
    }

    private static List<String> arguments(BrokerSettings settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--directory=" + settings.directory());
        arguments.add("--port=" + settings.port());
        if (settings.quorum().size() == 1) {
            arguments.add("--controller-port=" + settings.controllerPort());
        } else {
            arguments.addAll(QuorumOptions.arguments(settings));
        }
        return arguments;
    }

    /** Kills the process if it runs. The log stays where the settings put it. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
