package io.sluice.apps.alerts;

import io.sluice.apps.alerts.Courier.Screen;
import io.sluice.apps.alerts.Courier.Tally;
import io.sluice.apps.cli.DurationConverter;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.schemas.avro.AlertSeverity;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice alerts}: alerts to whoever is on call. */
@Command(
        name = "alerts",
        description = {
            "Tell a receiver of alerts, as the SLA job opens, updates and resolves them. Each is told at"
                    + " least once; what the receiver cannot take is kept and tried again. Two processes"
                    + " of one group stand in for one another. Ctrl-C ends it.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class AlertsCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private To to = new To();

    /** One of the two. */
    private static final class To {
        @Option(
                names = "--webhook",
                paramLabel = "URL",
                required = true,
                description =
                        "Post to this address what Alertmanager posts to its webhooks (version 4), one"
                                + " alert in each message.")
        private @Nullable URI webhook;

        @Option(
                names = "--alertmanager",
                paramLabel = "URL",
                required = true,
                description =
                        "Post to the Alertmanager there, such as http://localhost:9093, which groups,"
                                + " silences and routes. Open alerts are told again each minute.")
        private @Nullable URI alertmanager;
    }

    @Option(
            names = "--header-file",
            paramLabel = "FILE",
            description =
                    "Headers for each message, one `Name: value` a line, such as a secret of the receiver.")
    private @Nullable Path headerFile;

    @Option(
            names = "--severity",
            paramLabel = "SEVERITY",
            description = "Only alerts of it: page or ticket (default: both).")
    private @Nullable AlertSeverity severity;

    @Option(
            names = "--page-url",
            paramLabel = "URL",
            defaultValue = "",
            description = "Where people look at the live page; the messages link to it.")
    private String pageUrl = "";

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

    @Option(
            names = "--group",
            paramLabel = "NAME",
            defaultValue = "sluice-alerts",
            description =
                    "Consumer group that remembers what was told; each receiver needs its own (default:"
                            + " ${DEFAULT-VALUE}).")
    private String group = "";

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        Courier.Settings settings = new Courier.Settings(group, severity, longestWait);
        Receiver receiver = new Receiver(target(), Clock.systemUTC());
        Screen screen =
                new Screen(command().commandLine().getOut(), command().commandLine().getErr());
        try (Courier courier =
                new Courier(kafka.access(), receiver, settings, Clock.systemUTC(), screen)) {
            OrderlyExit.during(courier::run, courier::close);
            Tally tally = courier.tally();
            screen.out()
                    .printf(
                            "told %d, failed attempts %d, refused %d, unreadable records %d%n",
                            tally.told(), tally.failures(), tally.refused(), tally.unreadable());
            screen.out().flush();
        }
        return 0;
    }

    private Receiver.Target target() {
        if (severity == AlertSeverity.UNKNOWN) {
            throw wrong("--severity is page or ticket, not unknown");
        }
        if (timeout.isZero() || longestWait.isZero()) {
            throw wrong("--timeout and --longest-wait must be longer than nothing");
        }
        boolean plain = to.webhook != null;
        URI address = Objects.requireNonNull(plain ? to.webhook : to.alertmanager);
        String scheme = address.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || address.getHost() == null) {
            throw wrong(
                    "%s %s is no address such as https://host/path"
                            .formatted(plain ? "--webhook" : "--alertmanager", address));
        }
        URI path = plain ? address : URI.create(stripped(address) + "/api/v2/alerts");
        return new Receiver.Target(
                path, plain ? Form.WEBHOOK : Form.ALERTMANAGER, headers(), timeout, pageUrl);
    }

    private static String stripped(URI address) {
        return address.toString().replaceFirst("/+$", "");
    }

    private Map<String, String> headers() {
        try {
            return headerFile == null ? Map.of() : HeaderFile.read(headerFile);
        } catch (IllegalArgumentException exception) {
            throw wrong(exception.getMessage());
        }
    }

    private ParameterException wrong(@Nullable String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
