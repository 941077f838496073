package io.sluice.apps.page;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.live.LiveModel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;

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
        TopicTail tail = new TopicTail(kafka, model, clock);
        Frames frames = new Frames(model, tail::status, settings.note(), clock);
        PageServer server = PageServer.start(settings.port(), settings.access(), frames);
        tail.start();
        return new LivePage(tail, server, settings.access().address());
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
