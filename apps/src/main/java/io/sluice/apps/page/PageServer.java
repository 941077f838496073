package io.sluice.apps.page;

import io.sluice.apps.cli.CommandException;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.util.Map;
import java.util.Set;

/**
 * Serves the page, its state, and a stream of states, on the loopback interface only. A page of
 * another site cannot read it: not in a frame, not by a script, and not by a name that leads here.
 */
final class PageServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int THREADS = 32;

    /**
     * Everything comes from the page's own server; styles of uPlot's elements are set by script.
     */
    private static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Resource-Policy",
                    "same-origin",
                    "Cache-Control",
                    "no-cache");

    private static final Set<String> OWN_NAMES = Set.of(LOOPBACK, "localhost", "[::1]");

    private final Javalin server;
    private final Streams streams;

    private PageServer(Javalin server, Streams streams) {
        this.server = server;
        this.streams = streams;
    }

    /**
     * Starts a server.
     *
     * @param port 1 to 65535, or 0 for any that is free
     * @throws CommandException if the port is in use
     */
    static PageServer start(int port, Frames frames) {
        Streams streams = new Streams(frames);
        Assets assets = new Assets();
        Javalin server = Javalin.create(config -> configure(config, assets, frames, streams));
        try {
            server.start(LOOPBACK, port);
        } catch (JavalinBindException inUse) {
            streams.close();
            throw new CommandException(
                    "port %d for the page is in use; choose another, or 0 for any that is free"
                            .formatted(port),
                    inUse);
        }
        streams.start();
        return new PageServer(server, streams);
    }

    private static void configure(
            JavalinConfig config, Assets assets, Frames frames, Streams streams) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("page");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.routes.before(PageServer::guard);
        config.routes.get(
                "/api/state",
                context ->
                        context.contentType("application/json; charset=utf-8")
                                .result(frames.current().json()));
        config.routes.before("/api/stream", context -> admit(context, streams));
        config.routes.sse("/api/stream", streams::add);
        config.routes.get("/*", context -> asset(context, assets));
    }

    private static void guard(Context context) {
        HEADERS.forEach(context::header);
        String host = context.host();
        String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
        if (!OWN_NAMES.contains(name)) {
            context.status(HttpStatus.MISDIRECTED_REQUEST)
                    .result("this page answers to 127.0.0.1 and localhost only\n")
                    .skipRemainingHandlers();
        }
    }

    private static void admit(Context context, Streams streams) {
        if (!streams.hasRoom()) {
            context.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .result("%d pages are open already\n".formatted(Streams.MOST_STREAMS))
                    .skipRemainingHandlers();
        }
    }

    private static void asset(Context context, Assets assets) {
        Assets.Asset asset = assets.at(context.path());
        if (asset == null) {
            context.status(HttpStatus.NOT_FOUND).result("there is no such page\n");
        } else {
            context.contentType(asset.type()).result(asset.content());
        }
    }

    /** The port it listens on. */
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        streams.close();
        server.stop();
    }
}
