package io.sluice.demo.local;

import io.sluice.apps.cli.CommandException;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.RestTls;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.net.URI;
import java.nio.file.Path;
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

    @Option(
            names = "--rest-ca",
            paramLabel = "FILE",
            description =
                    "Certificates in PEM, one of which has signed that of an https URL (default: those"
                            + " that Java trusts).")
    private @Nullable Path authorities;

    @Option(
            names = "--rest-key",
            paramLabel = "FILE",
            description =
                    "Our own key and certificate in PKCS12, where Flink asks for one"
                            + " (security.ssl.rest.authentication-enabled).")
    private @Nullable Path key;

    @Option(
            names = "--rest-key-password-file",
            paramLabel = "FILE",
            description = "What opens --rest-key: the first line of this file.")
    private @Nullable Path keyPasswordFile;

    /** Flink's REST interface. */
    public FlinkRest rest() {
        return new FlinkRest(url(), new RestTls(authorities, key, keyPasswordFile));
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
