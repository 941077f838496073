package io.sluice.apps.page;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.order.OrderSender;
import io.sluice.apps.page.control.ControlDesk;
import io.sluice.apps.page.control.ControlRole;
import io.sluice.apps.page.control.OrderBook;
import io.sluice.apps.page.live.LiveModel;
import io.sluice.apps.page.request.Finder;
import io.sluice.apps.page.request.RequestSearch;

import io.javalin.config.JavalinConfig;
import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** A live page that is served: a thread that reads the topics, and a server. */
public final class LivePage implements AutoCloseable {

    private final TopicTail tail;
    private final PageServer server;
    private final InetAddress listens;

    private LivePage(TopicTail tail, PageServer server, InetAddress listens) {
        this.tail = tail;
        this.server = server;
        this.listens = listens;
    }

    /**
     * Starts both. A broker that does not answer is shown on the page, and no failure.
     *
     * @throws CommandException if the port is in use
     */
    public static LivePage start(KafkaAccess kafka, PageSettings settings) {
        Clock clock = Clock.systemUTC();
        LiveModel model = new LiveModel();
        PageMetrics metrics = new PageMetrics();
        RecordIntake intake = new RecordIntake(kafka, model, metrics);
        List<Consumer<JavalinConfig>> parts =
                List.of(
                        control(kafka, settings.control(), intake, clock),
                        new RequestSearch(Finder.of(kafka), settings.showPrompts(), clock)
                                ::configure);
        TopicTail tail = new TopicTail(kafka, intake, clock);
        Frames frames = new Frames(model, tail::status, settings.note(), clock, metrics);
        PageServer server =
                PageServer.start(settings.port(), settings.access(), frames, parts, clock);
        tail.start();
        return new LivePage(tail, server, settings.access().address());
    }

    private static Consumer<JavalinConfig> control(
            KafkaAccess kafka, @Nullable ControlRole role, RecordIntake intake, Clock clock) {
        if (role == null) {
            return ControlDesk::closed;
        }
        OrderBook book = new OrderBook(clock);
        intake.watchedBy(kafka, book::heard);
        return new ControlDesk(role, new OrderSender(kafka)::send, book, clock)::configure;
    }

    /** Where the page is, as this machine reaches it. */
    public String address() {
        String host = listens.isAnyLocalAddress() ? "127.0.0.1" : listens.getHostAddress();
        return "http://%s:%d"
                .formatted(
                        listens instanceof Inet6Address && !listens.isAnyLocalAddress()
                                ? "[" + host + "]"
                                : host,
                        server.port());
    }

    /** Returns when the reading has ended, which is when the page was closed. */
    void awaitClose() {
        tail.awaitEnd();
    }

    @Override
    public void close() {
        tail.close();
        server.close();
    }
}
