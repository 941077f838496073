package io.sluice.apps.version;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.Objects;

/** {@code sluice version}: says which build this is. */
@Command(
        name = "version",
        description = "Print the version of Sluice, of Java and of the Kafka client.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
public final class VersionCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine command = Objects.requireNonNull(spec, "set by picocli").commandLine();
        command.printVersionHelp(command.getOut());
    }
}
