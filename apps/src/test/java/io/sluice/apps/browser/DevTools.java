package io.sluice.apps.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The Chrome DevTools protocol over the JDK's web socket: calls, their answers, and what happens
 * meanwhile. For one thread.
 */
final class DevTools implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;

    private final Inbox inbox;
    private final WebSocket socket;
    private final List<JsonNode> events = new ArrayList<>();
    private int calls;

    private DevTools(Inbox inbox, WebSocket socket) {
        this.inbox = inbox;
        this.socket = socket;
    }

    static DevTools connect(URI address) {
        Inbox inbox = new Inbox();
        WebSocket socket =
                HttpClient.newBuilder()
                        // To this machine, whatever proxies lead elsewhere.
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .build()
                        .newWebSocketBuilder()
                        .buildAsync(address, inbox)
                        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join();
        return new DevTools(inbox, socket);
    }

    /**
     * Calls a method of the browser, or of a page if the session is not empty.
     *
     * @return its result
     */
    JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = send(session, method, parameters);
        JsonNode answer = next(method);
        while (answer.path("id").asInt() != id) {
            events.add(answer);
            answer = next(method);
        }
        if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    /**
     * The same without waiting for its answer.
     *
     * @return number of the call
     */
    int send(String session, String method, Map<String, ?> parameters) {
        int id = ++calls;
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(JSON.valueToTree(message).toString(), true)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        return id;
    }

    /** Waits until something happens to a page that has not happened before. */
    void await(String session, String event) {
        while (events(session, event).isEmpty()) {
            events.add(next(event));
        }
    }

    /** Parameters of what has happened to a page, in order. */
    List<JsonNode> events(String session, String event) {
        return events.stream()
                .filter(message -> message.path("sessionId").asText().equals(session))
                .filter(message -> message.path("method").asText().equals(event))
                .map(message -> message.get("params"))
                .toList();
    }

    private JsonNode next(String wanted) {
        try {
            String message = inbox.messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new IllegalStateException("the browser says nothing to " + wanted);
            }
            return JSON.readTree(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at " + wanted, e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON, at " + wanted, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Puts the pieces of messages together. */
    private static final class Inbox implements WebSocket.Listener {

        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
