package io.sluice.apps.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A page that is open and has been drawn. */
public final class Tab implements AutoCloseable {

    private static final String LOOK = "look.js";
    private static final int HEIGHT = 900;
    private static final long PATIENCE_MILLIS = 10_000;

    private final DevTools tools;
    private final String target;
    private final String session;

    private Tab(DevTools tools, String target, String session) {
        this.tools = tools;
        this.target = target;
        this.session = session;
    }

    static Tab open(DevTools tools, URI page, int width, boolean dark) {
        String target =
                tools.call("", "Target.createTarget", Map.of("url", "about:blank"))
                        .get("targetId")
                        .asText();
        Map<String, Object> attached = Map.of("targetId", target, "flatten", true);
        String session =
                tools.call("", "Target.attachToTarget", attached).get("sessionId").asText();
        Tab tab = new Tab(tools, target, session);
        tab.show(page, width, dark);
        return tab;
    }

    private void show(URI page, int width, boolean dark) {
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        Map<String, String> scheme =
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
        call("Page.navigate", Map.of("url", page.toString()));
        tools.await(session, "Page.loadEventFired");
        // Charts are drawn before the frame after next.
        evaluate(
                "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(1))))");
    }

    /** What a user sees of it: its table, its charts, and how well its text stands out. */
    public JsonNode look() {
        try (InputStream script = Tab.class.getResourceAsStream(LOOK)) {
            return evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All that it, or the browser about it, complained of. What the page itself called off, such as
     * a search that another follows, is no complaint.
     */
    public List<String> complaints() {
        return Stream.of(
                        "Runtime.exceptionThrown",
                        "Runtime.consoleAPICalled",
                        "Log.entryAdded",
                        "Network.loadingFailed")
                .flatMap(event -> tools.events(session, event).stream())
                .filter(event -> !event.path("canceled").asBoolean())
                .map(JsonNode::toString)
                .toList();
    }

    /** All addresses that it asked for. */
    public List<String> requests() {
        return tools.events(session, "Network.requestWillBeSent").stream()
                .map(request -> request.at("/request/url").asText())
                .toList();
    }

    /** Waits until an expression is true of the page, looking at it before each of its frames. */
    public void await(String expression) {
        String script =
                """
                new Promise((come, fail) => {
                  const end = performance.now() + %d;
                  const look = () => {
                    if (%s) {
                      come(true);
                    } else if (performance.now() > end) {
                      fail(new Error('still not so; the page says: ' + document.body.innerText));
                    } else {
                      requestAnimationFrame(look);
                    }
                  };
                  look();
                })
                """;
        evaluate(script.formatted(PATIENCE_MILLIS, expression));
    }

    /** Waits until an element is there whose text has this in it. */
    public void awaitText(String selector, String wanted) {
        await(
                "(document.querySelector(%s)?.textContent ?? '').includes(%s)"
                        .formatted(quoted(selector), quoted(wanted)));
    }

    /** Fills a field as soon as it is there, in place of what it held. */
    public void type(String selector, String text) {
        await("document.querySelector(%s) !== null".formatted(quoted(selector)));
        evaluate("document.querySelector(%s).value = %s".formatted(quoted(selector), quoted(text)));
    }

    /** Presses a button, or whatever else is there. */
    public void click(String selector) {
        evaluate("document.querySelector(%s).click()".formatted(quoted(selector)));
    }

    /** A text as JavaScript has it. */
    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** A picture of all of it, from top to bottom, as PNG. */
    public byte[] picture() {
        JsonNode size = call("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        Map<String, Object> clip =
                Map.of(
                        "x", 0,
                        "y", 0,
                        "width", evaluate("innerWidth").asInt(),
                        "height", size.get("height").asInt(),
                        "scale", 1);
        Map<String, Object> whole =
                Map.of("format", "png", "captureBeyondViewport", true, "clip", clip);
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", whole).get("data").asText());
    }

    /** What an expression is in the page; of a promise, what it comes to. */
    public JsonNode evaluate(String script) {
        JsonNode answer =
                call(
                        "Runtime.evaluate",
                        Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.get("exceptionDetails").toPrettyString());
        }
        return answer.at("/result/value");
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return tools.call(session, method, parameters);
    }

    @Override
    public void close() {
        tools.call("", "Target.closeTarget", Map.of("targetId", target));
    }
}
