package io.sluice.apps.sla;

import picocli.CommandLine.Command;

/** {@code sluice sla}: what can be done is in its subcommands. */
@Command(
        name = "sla",
        description = "Check the windows of latency and attainment.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = VerifyCommand.class)
public final class SlaCommand {}
