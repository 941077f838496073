package io.sluice.apps.delivery;

import io.sluice.apps.cli.DurationConverter;
import io.sluice.apps.delivery.HttpReceiver.Target;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The options of how a server is told something. */
public final class DeliveryOptions {

    @Option(
            names = "--header-file",
            paramLabel = "FILE",
            description =
                    "Headers for each message, one `Name: value` a line, such as a secret of the receiver.")
    private @Nullable Path headerFile;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long the receiver may take to answer (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--longest-wait",
            paramLabel = "DURATION",
            defaultValue = "1m",
            converter = DurationConverter.class,
            description =
                    "Longest time between two attempts; the first comes after 1s, and each wait is twice"
                            + " the one before (default: ${DEFAULT-VALUE}).")
    private Duration longestWait = Duration.ZERO;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * A receiver at an address.
     *
     * @param option the option that names the address, for errors
     * @throws ParameterException if there can be none
     */
    public Target target(String option, URI address) {
        if (longestWait.isZero()) {
            throw wrong("--longest-wait must be longer than nothing", null);
        }
        Map<String, String> headers = headers();
        try {
            return new Target(address, headers, timeout);
        } catch (IllegalArgumentException exception) {
            throw wrong(option + " " + exception.getMessage(), exception);
        }
    }

    private Map<String, String> headers() {
        try {
            return headerFile == null ? Map.of() : HeaderFile.read(headerFile);
        } catch (IllegalArgumentException exception) {
            throw wrong(String.valueOf(exception.getMessage()), exception);
        }
    }

    private ParameterException wrong(String message, @Nullable Throwable cause) {
        CommandSpec spec = Objects.requireNonNull(command, "set by picocli");
        return new ParameterException(spec.commandLine(), message, cause);
    }

    /** The waits between attempts. */
    public Backoff backoff() {
        return new Backoff(longestWait);
    }
}
