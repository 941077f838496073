package io.sluice.apps.page;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.live.LiveModel;

import java.time.Clock;

/** A live page that is served: a thread that reads the topics, and a server on the loopback. */
public final class LivePage implements AutoCloseable {

    private final TopicTail tail;
    private final PageServer server;

    private LivePage(TopicTail tail, PageServer server) {
        this.tail = tail;
        this.server = server;
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
        PageServer server = PageServer.start(settings.port(), frames);
        tail.start();
        return new LivePage(tail, server);
    }

    /** Where the page is. */
    public String address() {
        return "http://127.0.0.1:" + server.port();
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
