package io.sluice.demo.local;

import io.sluice.apps.cli.CommandException;
import io.sluice.demo.cluster.FlinkRest;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Which cluster a command is for: one of this machine, or any, by its REST interface. */
public final class ClusterOption {

    @Mixin private DirectoryOption directory = new DirectoryOption();

    @Option(
            names = "--rest",
            paramLabel = "URL",
            description = "Flink's REST interface, instead of the folder of a cluster.")
    private @Nullable URI rest;

    /** Flink's REST interface. */
    public FlinkRest rest() {
        return new FlinkRest(url());
    }

    /** Where Flink's REST interface and its page are. */
    public URI url() {
        if (rest != null) {
            return requireHttp(rest);
        }
        ClusterFolder folder = directory.folder();
        return new Members(folder, folder.require()).webUrl();
    }

    private static URI requireHttp(URI url) {
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new CommandException(
                    "--rest %s: give scheme, host and port, as in http://localhost:8081"
                            .formatted(url));
        }
        return url;
    }

    /** The brokers of a cluster of this machine, if they are known. */
    public Optional<String> bootstrapServers() {
        return rest != null
                ? Optional.empty()
                : Optional.ofNullable(directory.folder().require().bootstrapServers());
    }
}
