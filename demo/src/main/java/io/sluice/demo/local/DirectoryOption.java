package io.sluice.demo.local;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Which cluster of this machine is meant. */
final class DirectoryOption {

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "The folder of the cluster: its configuration, logs, process ids and everything it writes"
                            + " (default: run/cluster).")
    private Path directory = Path.of(System.getProperty("sluice.run.dir", "run"), "cluster");

    ClusterFolder folder() {
        return new ClusterFolder(directory);
    }
}
