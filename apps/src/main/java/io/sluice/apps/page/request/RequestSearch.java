package io.sluice.apps.page.request;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.timeline.TimelineFinding;
import io.sluice.schemas.RecordLimits;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.Semaphore;

/**
 * Answers what became of a request, from the topics. A search reads much, so few go on at a time,
 * and one whose browser has left ends.
 */
public final class RequestSearch {

    /** Searches that go on at a time. */
    static final int MOST_AT_ONCE = 2;

    private final Finder finder;
    private final boolean showPrompts;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /**
     * A search.
     *
     * @param finder reads the topics
     * @param showPrompts whether prompts are shown
     */
    public RequestSearch(Finder finder, boolean showPrompts, Clock clock) {
        this.finder = finder;
        this.showPrompts = showPrompts;
        this.clock = clock;
    }

    /** Serves it: by path, and, for ids that no path can have, by parameter. */
    public void configure(JavalinConfig config) {
        config.routes.get("/api/requests", c -> search(c, c.queryParam("id")));
        config.routes.get("/api/requests/{id}", c -> search(c, c.pathParam("id")));
    }

    private void search(Context context, @Nullable String id) {
        String site = context.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            refuse(context, HttpStatus.FORBIDDEN, "this was sent by another site");
        } else if (id == null || id.isBlank()) {
            refuse(context, HttpStatus.BAD_REQUEST, "name the request: no request has a blank id");
        } else if (!RecordLimits.fits(id, RecordLimits.ID_BYTES)) {
            refuse(
                    context,
                    HttpStatus.BAD_REQUEST,
                    "the id has %d bytes; no request has one of more than %d"
                            .formatted(RecordLimits.bytes(id), RecordLimits.ID_BYTES));
        } else if (!places.tryAcquire()) {
            context.header("Retry-After", "2");
            refuse(
                    context,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "%d searches go on already; try again in a moment".formatted(MOST_AT_ONCE));
        } else {
            try {
                answer(context, id);
            } finally {
                places.release();
            }
        }
    }

    private void answer(Context context, String id) {
        context.contentType("application/x-ndjson; charset=utf-8");
        SearchLines lines;
        try {
            lines = new SearchLines(context.res().getOutputStream());
        } catch (IOException gone) {
            return;
        }
        try {
            lines.found(find(id, lines));
        } catch (CommandException failed) {
            if (!lines.hasLeft()) {
                lines.failed(String.valueOf(failed.getMessage()));
            }
        } catch (UncheckedIOException gone) {
            // Nobody is there to be told.
        }
    }

    private Found find(String id, SearchLines lines) {
        long begun = clock.millis();
        TimelineFinding finding = finder.find(id, lines);
        return new Found(
                id,
                finding.tenants().size(),
                Found.lives(finding, clock.instant(), showPrompts),
                lines.read(),
                finding.unread(),
                clock.millis() - begun,
                showPrompts);
    }

    private static void refuse(Context context, HttpStatus status, String why) {
        context.status(status).contentType("text/plain; charset=utf-8").result(why + "\n");
    }
}
