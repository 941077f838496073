package io.sluice.apps.control;

import picocli.CommandLine.Command;

/** {@code sluice control}: what is ordered is in its subcommands. */
@Command(
        name = "control",
        description = "Give an order to the running jobs, through the control topic.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyCommand.class,
            DrainCommand.class,
            CancelCommand.class,
            ObjectiveCommand.class
        })
public final class ControlCommand {}
