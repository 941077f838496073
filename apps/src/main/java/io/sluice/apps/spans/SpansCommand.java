package io.sluice.apps.spans;

import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.apps.delivery.DeliveryOptions;
import io.sluice.apps.delivery.HttpReceiver;
import io.sluice.apps.delivery.HttpReceiver.Target;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice spans}: what became of each request, for distributed tracing. */
@Command(
        name = "spans",
        description = {
            "Export a span for each request that ends, and one for each stage it went through, to an"
                    + " OpenTelemetry collector, below the span that the request's traceparent names."
                    + " Each is sent at least once, under the same id. Ctrl-C ends it.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SpansCommand implements Callable<Integer> {

    @Option(
            names = "--otlp",
            paramLabel = "URL",
            defaultValue = "http://localhost:4318",
            description =
                    "Collector that takes OTLP over HTTP; /v1/traces is added (default: ${DEFAULT-VALUE}).")
    private URI otlp = URI.create("");

    @Option(
            names = "--service-name",
            paramLabel = "NAME",
            defaultValue = "sluice",
            description = "What the spans are said to be of (default: ${DEFAULT-VALUE}).")
    private String serviceName = "";

    @Option(
            names = "--all",
            description =
                    "Also requests that carry no trace context, each as a trace of its own. Those whose"
                            + " context says that it is not recorded are left out either way.")
    private boolean all;

    @Option(
            names = "--from-beginning",
            description =
                    "Where a group that has never read begins: at the oldest outcomes, not with the next"
                            + " ones.")
    private boolean fromBeginning;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            defaultValue = "sluice-spans",
            description =
                    "Consumer group that remembers what was sent; each collector needs its own, with one"
                            + " process (default: ${DEFAULT-VALUE}).")
    private String group = "";

    @Mixin private DeliveryOptions delivery = new DeliveryOptions();

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        Target target = delivery.target("--otlp", otlp).at("/v1/traces");
        PrintWriter out = command().commandLine().getOut();
        SpanPump.Settings settings =
                new SpanPump.Settings(all, delivery.backoff(), command().commandLine().getErr());
        SpanExport export = new SpanExport(new HttpReceiver(target), serviceName);
        SpanLog log = SpanLog.open(kafka.access(), group, fromBeginning);
        try (SpanPump pump = new SpanPump(log, export::send, settings, Clock.systemUTC())) {
            out.printf("spans go to %s; Ctrl-C ends it%n", target.address());
            out.flush();
            OrderlyExit.during(pump::run, pump::close);
            print(pump, out);
        }
        return 0;
    }

    private static void print(SpanPump pump, PrintWriter out) {
        SpanTally tally = pump.tally();
        out.printf("%d requests exported%n", tally.exported());
        out.printf("%d without a trace context that wants it%n", tally.unasked());
        out.printf("%d with a trace context that is none%n", tally.wrongContext());
        out.printf("%d whose request was never read%n", tally.unread());
        out.printf("%d refused by the collector%n", tally.refused());
        out.printf("%d records not readable%n", tally.unreadable());
        out.printf("%d requests with decisions forgotten%n", pump.forgotten());
        out.printf("%d attempts failed and made again%n", tally.failures());
        out.flush();
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
