package io.sluice.apps;

import io.sluice.apps.alerts.AlertsCommand;
import io.sluice.apps.audit.AuditCommand;
import io.sluice.apps.calibrate.CalibrateCommand;
import io.sluice.apps.chaos.ChaosCommand;
import io.sluice.apps.cli.ConsoleLogging;
import io.sluice.apps.cli.OneLineErrors;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.apps.control.ControlCommand;
import io.sluice.apps.explain.ExplainCommand;
import io.sluice.apps.page.PageCommand;
import io.sluice.apps.redrive.RedriveCommand;
import io.sluice.apps.replay.ReplayCommand;
import io.sluice.apps.simulate.SimulateCommand;
import io.sluice.apps.simulate.evaluate.EvaluateCommand;
import io.sluice.apps.simulate.reproduce.ReproduceCommand;
import io.sluice.apps.sla.SlaCommand;
import io.sluice.apps.spans.SpansCommand;
import io.sluice.apps.tail.TailCommand;
import io.sluice.apps.topics.TopicsCommand;
import io.sluice.apps.version.VersionCommand;
import io.sluice.apps.version.VersionProvider;
import io.sluice.apps.worker.WorkerCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;

/** The command line of the apps jar. */
@Command(
        name = "sluice",
        description = "The tools of Sluice that need nothing but a Kafka broker.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SimulateCommand.class,
            ReproduceCommand.class,
            EvaluateCommand.class,
            ReplayCommand.class,
            WorkerCommand.class,
            TopicsCommand.class,
            TailCommand.class,
            ExplainCommand.class,
            PageCommand.class,
            AlertsCommand.class,
            SpansCommand.class,
            ControlCommand.class,
            SlaCommand.class,
            AuditCommand.class,
            RedriveCommand.class,
            CalibrateCommand.class,
            ChaosCommand.class,
            VersionCommand.class,
        })
public final class SluiceApps {

    @SuppressWarnings("UnusedVariable") // Whoever needs it asks the parser.
    @Option(
            names = OneLineErrors.DEBUG,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Print stack traces with errors.")
    private boolean debug;

    @SuppressWarnings("UnusedVariable") // Logging is set up before anything is parsed.
    @Option(
            names = ConsoleLogging.VERBOSE,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Print what the Kafka client logs, to standard error.")
    private boolean verbose;

    /**
     * Runs a command and exits: 0 when it succeeded, 1 when it failed, 2 when it was called
     * wrongly.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        ConsoleLogging.configure(List.of(arguments));
        OrderlyExit.run(() -> commandLine().execute(arguments));
    }

    /** The command line without the exit. */
    public static CommandLine commandLine() {
        OneLineErrors errors = new OneLineErrors();
        return new CommandLine(new SluiceApps())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }
}
