package io.sluice.apps.page;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The files of the page, by the path that a browser asks for; nothing else can be asked for. */
final class Assets {

    /**
     * A file.
     *
     * @param type its media type
     * @param content its text
     */
    record Asset(String type, String content) {}

    private static final String OWN = "/io/sluice/apps/page/web/";

    /** The version is the one that the build names; a test opens it. */
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml");

    private static final List<String> FILES =
            List.of(
                    "index.html",
                    "login.html",
                    "login-again.html",
                    "login-wait.html",
                    "page.css",
                    "views.css",
                    "page.js",
                    "stream.js",
                    "charts.js",
                    "tables.js",
                    "lists.js",
                    "words.js",
                    "promises.js",
                    "objectives.js",
                    "alerts.js",
                    "queue.js",
                    "policies.js",
                    "filter.js",
                    "elements.js",
                    "actions.css",
                    "control.js",
                    "request.js",
                    "icon.svg");

    private final Map<String, Asset> byPath = new HashMap<>();

    Assets() {
        FILES.forEach(name -> byPath.put("/" + name, read(OWN + name)));
        byPath.put("/", read(OWN + "index.html"));
        byPath.put("/lib/uPlot.js", read(CHARTS + "uPlot.esm.js"));
        byPath.put("/lib/uPlot.css", read(CHARTS + "uPlot.min.css"));
    }

    private static Asset read(String resource) {
        String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null || type == null) {
                throw new IllegalStateException("the jar lacks its resource " + resource);
            }
            return new Asset(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The file at a path, if there is one. */
    @Nullable Asset at(String path) {
        return byPath.get(path);
    }

    /** One of the files of the page. */
    Asset required(String path) {
        return Objects.requireNonNull(byPath.get(path), path);
    }
}
