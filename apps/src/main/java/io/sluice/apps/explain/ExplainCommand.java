package io.sluice.apps.explain;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.DurationConverter;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.apps.timeline.RequestTimeline;
import io.sluice.apps.timeline.TimelineFinding;
import io.sluice.apps.timeline.TimelineJson;
import io.sluice.apps.timeline.TimelineQuery;
import io.sluice.apps.timeline.TimelineReader;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.Callable;

/** {@code sluice explain}: the life of one request as a timeline. */
@Command(
        name = "explain",
        description = {
            "Print the life of a request, from the topics: when it came, where it was sent and why, whom"
                    + " it waited for, what ran, how it ended. The first line says why it waited.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "REQUEST_ID", description = "The request.")
    private String requestId = "";

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "Whose request it is; needed where tenants use the same id.")
    private @Nullable String tenant;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(
            names = "--within",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Look only at requests submitted so long ago at most, as in 2h (default: all that is kept).")
    private @Nullable Duration within;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "60s",
            description =
                    "Read for so long at most, and say what was not read (default: ${DEFAULT-VALUE}).")
    private Duration patience = TimelineQuery.PATIENCE;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        if (requestId.isBlank()) {
            throw wrong("REQUEST_ID is blank; no request has such an id");
        }
        if (patience.isZero()) {
            throw wrong("--patience must be above 0");
        }
        KafkaAccess access = kafka.access();
        Instant since = within == null ? null : Instant.now().minus(within);
        TimelineFinding finding = find(access, new TimelineQuery(requestId, since, patience));
        RequestTimeline life = finding.timeline(tenantOf(finding));
        PrintWriter out = command().commandLine().getOut();
        Instant now = Instant.now();
        if (json) {
            out.println(TimelineJson.of(life, now, finding.unread()));
        } else {
            out.print(new TimelineText(life, now, finding.unread()).lines());
        }
        out.flush();
        return 0;
    }

    private static TimelineFinding find(KafkaAccess access, TimelineQuery query) {
        try (TimelineReader reader = new TimelineReader(access)) {
            return OrderlyExit.during(
                    () -> reader.read(query, TimelineReader.Progress.NONE), reader::stop);
        }
    }

    private String tenantOf(TimelineFinding finding) {
        SortedSet<String> tenants = finding.tenants();
        String id = PlainText.of(requestId);
        if (tenants.isEmpty()) {
            throw new CommandException(
                    "nothing is known of request '%s': it was never submitted, or its records are no longer kept%s"
                            .formatted(id, unread(finding)));
        }
        String names = PlainText.of(String.join(", ", tenants));
        if (tenant == null) {
            if (tenants.size() > 1) {
                throw new CommandException(
                        "tenants %s each have a request '%s'; choose one with --tenant"
                                .formatted(names, id));
            }
            return tenants.first();
        }
        if (!tenants.contains(tenant)) {
            throw new CommandException(
                    "tenant '%s' has no request '%s'; known are %s"
                            .formatted(PlainText.of(tenant), id, names));
        }
        return tenant;
    }

    private static String unread(TimelineFinding finding) {
        return finding.unread().isEmpty() ? "" : "; not read: " + finding.unread();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
