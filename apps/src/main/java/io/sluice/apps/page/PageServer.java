package io.sluice.apps.page;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.metrics.MetricsPage;
import io.sluice.apps.page.control.ControlDesk;
import io.sluice.apps.page.live.Selection;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Serves the page, its state, and a stream of states to whom its {@link Gate} lets in. A page of
 * another site cannot read it: not in a frame, not by a script, and not by a name that leads here.
 */
final class PageServer implements AutoCloseable {

    private static final int THREADS = 32;
    private static final long LARGEST_REQUEST_BYTES = 4096;

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

    private final Javalin server;
    private final Streams streams;

    private PageServer(Javalin server, Streams streams) {
        this.server = server;
        this.streams = streams;
    }

    /** Starts a server on the loopback interface, for everybody on this machine. */
    static PageServer start(int port, Frames frames) {
        return start(
                port, PageAccess.LOOPBACK, frames, List.of(ControlDesk::closed), Clock.systemUTC());
    }

    /**
     * Starts a server.
     *
     * @param port 1 to 65535, or 0 for any that is free
     * @param access where it listens, and for whom
     * @param parts add what else is served
     * @param clock by which whoever shows wrong tokens has to wait
     * @throws CommandException if the port is in use
     */
    static PageServer start(
            int port,
            PageAccess access,
            Frames frames,
            List<Consumer<JavalinConfig>> parts,
            Clock clock) {
        Streams streams = new Streams(frames);
        Assets assets = new Assets();
        Gate gate = new Gate(access, assets, clock);
        Javalin server =
                Javalin.create(
                        config -> {
                            limits(config);
                            config.routes.before(PageServer::headers);
                            gate.configure(config);
                            parts.forEach(part -> part.accept(config));
                            routes(config, assets, frames, streams);
                        });
        try {
            server.start(access.address().getHostAddress(), port);
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

    private static void limits(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("page");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.http.maxRequestSize = LARGEST_REQUEST_BYTES;
    }

    private static void headers(Context context) {
        HEADERS.forEach(context::header);
    }

    private static void routes(
            JavalinConfig config, Assets assets, Frames frames, Streams streams) {
        config.routes.get(
                "/api/state",
                context ->
                        context.contentType("application/json; charset=utf-8")
                                .result(frames.current(selection(context)).json()));
        config.routes.get(
                "/metrics",
                context ->
                        context.contentType(MetricsPage.CONTENT_TYPE)
                                .result(frames.measured(streams.size())));
        config.routes.before("/api/stream", context -> admit(context, streams));
        config.routes.sse("/api/stream", client -> streams.add(client, selection(client.ctx())));
        config.routes.get("/*", context -> asset(context, assets));
        config.routes.exception(RuntimeException.class, PageServer::failed);
    }

    private static Selection selection(Context context) {
        return new Selection(
                part(context, "tenant"),
                part(context, "class"),
                part(context, "model"),
                part(context, "instance"));
    }

    private static String part(Context context, String name) {
        String text = context.queryParam(name);
        return text == null ? "" : text;
    }

    /**
     * A browser that leaves while it is written to ends in here too, and then there is nobody to be
     * told. What is thrown on would come back at once, for ever: Javalin maps it again.
     */
    static void failed(RuntimeException failure, Context context) {
        try {
            context.status(HttpStatus.INTERNAL_SERVER_ERROR).result("this failed: " + failure);
        } catch (RuntimeException gone) {
            failure.addSuppressed(gone);
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
