package io.sluice.demo.local;

import picocli.CommandLine.Command;

/** {@code sluice cluster}: a cluster of processes on this machine. */
@Command(
        name = "cluster",
        description = {
            "Start, stop or show a Flink cluster on this machine: one Kafka broker or three, a ZooKeeper server,"
                    + " a job manager and task managers, each a process of its own that outlives the"
                    + " command.",
            ""
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ClusterStartCommand.class,
            ClusterStatusCommand.class,
            ClusterStopCommand.class
        })
public final class ClusterCommand {}
