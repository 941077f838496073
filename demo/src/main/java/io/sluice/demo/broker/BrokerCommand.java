package io.sluice.demo.broker;

import io.sluice.demo.cli.OneLineErrors;
import io.sluice.demo.process.FreePorts;

import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * {@code sluice broker}: a Kafka broker until Ctrl-C, alone or one of three. Also the program of
 * {@link BrokerProcess}.
 */
@Command(
        name = "broker",
        description =
                "Run a Kafka broker on localhost until Ctrl-C: the only node of its cluster, or one of three.",
        mixinStandardHelpOptions = true)
public final class BrokerCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            defaultValue = "9092",
            description = "Where clients connect; 0 picks a free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--controller-port",
            defaultValue = "0",
            description = "Where the broker's own controller listens; 0 picks a free port.")
    private int controllerPort;

    @Option(
            names = "--directory",
            description = "Keep the log here; without it the log is temporary.")
    private Path directory;

    @ArgGroup(
            exclusive = false,
            heading = "One of three, as 'sluice cluster start --brokers 3' runs them:%n")
    private QuorumOptions quorum;

    @Spec private CommandSpec spec;

    /**
     * Runs the command alone, without the rest of the command line.
     *
     * @param arguments its options
     */
    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new BrokerCommand());
        command.setExecutionExceptionHandler(new OneLineErrors());
        System.exit(command.execute(arguments));
    }

    /** Runs until the JVM is asked to end. */
    @Override
    public Integer call() throws InterruptedException {
        EmbeddedBroker broker = start();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    broker.close();
                                    stopped.countDown();
                                },
                                "close-broker"));
        spec.commandLine()
                .getOut()
                .printf("Kafka broker ready on %s; Ctrl-C stops it%n", broker.bootstrapServers());
        spec.commandLine().getOut().flush();
        stopped.await();
        return 0;
    }

    private EmbeddedBroker start() {
        int clients = port == 0 ? FreePorts.pick(1).get(0) : port;
        if (quorum != null) {
            return EmbeddedBroker.start(quorum.settings(requireDirectory(), clients));
        }
        if (directory == null) {
            return EmbeddedBroker.temporary(clients);
        }
        BrokerSettings settings = BrokerSettings.onPort(directory, clients);
        if (controllerPort != 0) {
            settings = new BrokerSettings(directory, clients, controllerPort);
        }
        return EmbeddedBroker.start(settings);
    }

    private Path requireDirectory() {
        if (directory == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a broker with --node keeps its log; say where with --directory");
        }
        return directory;
    }
}
