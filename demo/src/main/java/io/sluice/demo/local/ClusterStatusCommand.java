package io.sluice.demo.local;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice cluster status}. */
@Command(
        name = "status",
        description = {"Show the processes of the cluster, its slots and its jobs.", ""},
        footer = {
            "",
            "Exit code: 0 when every process runs, all task managers are registered, and of three brokers"
                    + " each has all it should have; 1 when not."
        },
        mixinStandardHelpOptions = true)
final class ClusterStatusCommand implements Callable<Integer> {

    @Mixin private DirectoryOption directory = new DirectoryOption();

    @Spec private @Nullable CommandSpec spec;

    /** Prints how it is. */
    @Override
    public Integer call() {
        ClusterFolder folder = directory.folder();
        Members members = new Members(folder, folder.require());
        ClusterStatus.Answer answer =
                new ClusterStatus(members, folder.processes(), ZoneId.systemDefault()).ask();
        PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        out.print(answer.text());
        out.flush();
        return answer.allUp() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
