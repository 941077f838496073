package io.sluice.demo.local;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice cluster stop}. */
@Command(
        name = "stop",
        description = {
            "End the processes of the cluster: Flink first, then what it relies on. What does not end"
                    + " by itself is killed. Topics, checkpoints and jobs stay in the folder: 'sluice"
                    + " cluster start' goes on with them.",
            ""
        },
        mixinStandardHelpOptions = true)
final class ClusterStopCommand implements Callable<Integer> {

    @Mixin private DirectoryOption directory = new DirectoryOption();

    @Spec private @Nullable CommandSpec spec;

    /** Returns when none of them runs. */
    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        ClusterFolder folder = directory.folder();
        LocalCluster cluster = new LocalCluster(folder, folder.require(), out::println);
        return folder.alone(
                () -> {
                    if (!cluster.someRun()) {
                        out.println("nothing of the cluster in %s runs".formatted(folder.path()));
                    }
                    cluster.stop();
                    out.flush();
                    return ExitCode.OK;
                });
    }
}
