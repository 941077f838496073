package io.sluice.demo;

import io.sluice.apps.cli.OneLineErrors;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.demo.bench.BenchCommand;
import io.sluice.demo.broker.BrokerCommand;
import io.sluice.demo.chaos.ChaosCommand;
import io.sluice.demo.local.ClusterCommand;
import io.sluice.demo.process.DemoLogging;
import io.sluice.demo.run.DemoCommand;
import io.sluice.demo.submit.SavepointCommand;
import io.sluice.demo.submit.SubmitCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The command line of the demo jar. */
@Command(
        name = "sluice",
        description = "The commands of Sluice that bring a broker or a cluster with them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ClusterCommand.class,
            SubmitCommand.class,
            SavepointCommand.class,
            BenchCommand.class,
            ChaosCommand.class,
            BrokerCommand.class
        })
public final class SluiceDemo {

    @Option(
            names = OneLineErrors.DEBUG,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Print stack traces with errors.")
    private boolean debug;

    /**
     * Runs a command and exits: 0 when it succeeded, 1 when it failed, 2 when it was called
     * wrongly.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        DemoLogging.toFile(Path.of(System.getProperty("sluice.run.dir", "run"), "sluice.log"));
        OrderlyExit.run(() -> commandLine().execute(arguments));
    }

    /** The command line without the exit. */
    static CommandLine commandLine() {
        OneLineErrors errors = new OneLineErrors();
        return new CommandLine(new SluiceDemo())
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }
}
