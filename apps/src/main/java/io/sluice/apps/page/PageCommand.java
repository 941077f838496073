package io.sluice.apps.page;

import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.apps.page.control.ControlRole;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** {@code sluice page}: a live page in a browser. */
@Command(
        name = "page",
        description = {
            "Serve a live page of what the scheduler does: objectives, alerts, latencies, queues, outcomes"
                    + " and the fleet, read from the topics of the last 15 minutes and from then on. It is"
                    + " served until Ctrl-C, on the loopback interface only unless --bind and --token-file"
                    + " say otherwise.",
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

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "The address to listen on; 0.0.0.0 is every one of this machine. All but the loopback"
                            + " need a token (default: ${DEFAULT-VALUE}).")
    private String bind = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Show the page only to who knows the token in this file: 16 to 512 visible characters."
                            + " A browser asks for it once; programs send it as a bearer token"
                            + " (default: no token).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--control-token-file",
            paramLabel = "FILE",
            description =
                    "Take orders on the page, to drain an instance, cancel a request or change policies,"
                            + " from who knows the token in this file, which is not that of"
                            + " --token-file. Who ordered what, and who was refused, is printed"
                            + " (default: no orders are taken).")
    private @Nullable Path controlTokenFile;

    @Option(
            names = "--show-prompts",
            description =
                    "Show the prompt of a request that is searched for, if its record carries it"
                            + " (default: no prompt is shown).")
    private boolean showPrompts;

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
            PageAccess access = PageAccess.of(bind, tokenFile);
            return new PageSettings(port, access, "", control(access), showPrompts);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command().commandLine(), wrong.getMessage(), wrong);
        }
    }

    private @Nullable ControlRole control(PageAccess access) {
        PrintWriter out = command().commandLine().getOut();
        Consumer<String> audit =
                line -> {
                    out.println(line);
                    out.flush();
                };
        return controlTokenFile == null
                ? null
                : ControlRole.of(controlTokenFile, access.secret(), audit);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
