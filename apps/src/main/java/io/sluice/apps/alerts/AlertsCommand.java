package io.sluice.apps.alerts;

import io.sluice.apps.alerts.Courier.Screen;
import io.sluice.apps.alerts.Courier.Tally;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.apps.delivery.DeliveryOptions;
import io.sluice.apps.delivery.HttpReceiver;
import io.sluice.apps.delivery.HttpReceiver.Target;
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
import java.time.Clock;
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
            names = "--group",
            paramLabel = "NAME",
            defaultValue = "sluice-alerts",
            description =
                    "Consumer group that remembers what was told; each receiver needs its own (default:"
                            + " ${DEFAULT-VALUE}).")
    private String group = "";

    @Mixin private DeliveryOptions delivery = new DeliveryOptions();

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        AlertReceiver receiver = receiver();
        Courier.Settings settings = new Courier.Settings(group, severity, delivery.backoff());
        Screen screen =
                new Screen(command().commandLine().getOut(), command().commandLine().getErr());
        try (Courier courier = new Courier(kafka.access(), receiver, settings, screen)) {
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

    private AlertReceiver receiver() {
        if (severity == AlertSeverity.UNKNOWN) {
            throw new ParameterException(
                    command().commandLine(), "--severity is page or ticket, not unknown");
        }
        URI webhook = to.webhook;
        Form form = webhook == null ? Form.ALERTMANAGER : Form.WEBHOOK;
        Target target =
                webhook == null
                        ? delivery.target("--alertmanager", Objects.requireNonNull(to.alertmanager))
                                .at("/api/v2/alerts")
                        : delivery.target("--webhook", webhook);
        return new AlertReceiver(new HttpReceiver(target), form, pageUrl, Clock.systemUTC());
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
