package io.sluice.demo.local;

import io.sluice.apps.cli.CommandException;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code sluice cluster start}. */
@Command(
        name = "start",
        description = {
            "Start the processes of a cluster that do not run, and wait until they are ready: all of"
                    + " them, or those that were killed. A cluster that ran in the folder before goes on"
                    + " as it was, with its ports, topics and checkpoints; options that are given change"
                    + " it, if nothing of it runs.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ClusterStartCommand implements Callable<Integer> {

    @Mixin private DirectoryOption directory = new DirectoryOption();
    @Mixin private StartOptions options = new StartOptions();

    @Spec private @Nullable CommandSpec spec;

    /** Returns when everything is ready. */
    @Override
    public Integer call() {
        ClusterFolder folder = directory.folder();
        return folder.alone(() -> start(folder));
    }

    private int start(ClusterFolder folder) {
        PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        long startedNanos = System.nanoTime();
        LocalSettings settings = settings(folder);
        LocalCluster cluster =
                new LocalCluster(
                        folder,
                        settings,
                        line -> {
                            out.println(line);
                            out.flush();
                        });
        cluster.start();
        out.printf("ready after %.1f s%n%n", (System.nanoTime() - startedNanos) / 1e9);
        out.println("page    " + cluster.members().webUrl());
        if (settings.bootstrapServers() != null) {
            boolean several = settings.bootstrapServers().contains(",");
            out.println((several ? "brokers " : "broker  ") + settings.bootstrapServers());
        }
        out.println("folder  " + folder.path());
        out.flush();
        return ExitCode.OK;
    }

    /** What the cluster in the folder is to be; nothing that runs is changed under its feet. */
    private LocalSettings settings(ClusterFolder folder) {
        Optional<LocalSettings> before = folder.settings();
        boolean runs =
                before.filter(kept -> new LocalCluster(folder, kept, line -> {}).someRun())
                        .isPresent();
        LocalSettings wanted = options.over(before, runs);
        if (runs && !before.equals(Optional.of(wanted))) {
            throw new CommandException(
                    "the cluster in %s runs with other options; 'sluice cluster stop' it before you change them, or give none to start again what died"
                            .formatted(folder.path()));
        }
        return wanted;
    }
}
