package io.sluice.apps.topics;

import picocli.CommandLine.Command;

/** {@code sluice topics}: what is done with topics is in its subcommands. */
@Command(
        name = "topics",
        description =
                "Create, check or describe the Kafka topics of Sluice, or tell who needs what of them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CreateCommand.class,
            CheckCommand.class,
            DescribeCommand.class,
            AclsCommand.class
        })
public final class TopicsCommand {}
