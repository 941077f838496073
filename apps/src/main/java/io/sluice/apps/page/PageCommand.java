package io.sluice.apps.page;

import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.OrderlyExit;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice page}: a live page in a browser. */
@Command(
        name = "page",
        description = {
            "Serve a live page of what the scheduler does: targets met, latencies, queues, outcomes and"
                    + " the fleet, read from the topics of the last 15 minutes and from then on. It is"
                    + " served on the loopback interface only, and until Ctrl-C.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PageCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + PageSettings.USUAL_PORT,
            description = "Where to serve it; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        PageSettings settings = settings();
        try (LivePage page = LivePage.start(kafka.access(), settings)) {
            PrintWriter out = command().commandLine().getOut();
            out.printf("live page on %s; Ctrl-C ends it%n", page.address());
            out.flush();
            OrderlyExit.during(page::awaitClose, page::close);
        }
        return 0;
    }

    private PageSettings settings() {
        try {
            return new PageSettings(port, "");
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command().commandLine(), wrong.getMessage(), wrong);
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
