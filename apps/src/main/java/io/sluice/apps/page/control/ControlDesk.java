package io.sluice.apps.page.control;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.order.Order;
import io.sluice.apps.order.OrderPlace;
import io.sluice.apps.order.WrongOrder;
import io.sluice.apps.page.access.Attempts;
import io.sluice.apps.page.access.SameSite;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.routing.RoutingCatalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Takes orders from browsers that have shown the token of the role, and says what became of them.
 * Nothing is taken from a page of another site.
 */
public final class ControlDesk {

    /** The cookie of a browser that has shown the token of the role. */
    static final String COOKIE = "sluice-control";

    private static final String PATH = "/api/control";
    private static final String SESSION = PATH + "/session";
    private static final String ORDERS = PATH + "/orders";
    private static final String PURPOSE = "pass of a browser to the orders of the live page";
    private static final String OFF =
            "orders are not taken here; start the page with --control-token-file FILE to take them";

    /** Orders that are on their way to the broker at a time. */
    private static final int MOST_AT_ONCE = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Offer(
            boolean enabled,
            boolean known,
            Map<String, List<String>> policies,
            List<GivenOrder> orders) {}

    private record Wrong(String field, String message) {}

    private final ControlRole role;
    private final Sender sender;
    private final OrderBook book;
    private final Clock clock;
    private final Audit audit;
    private final Attempts attempts;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /**
     * A desk.
     *
     * @param role who may give orders
     * @param sender writes them
     * @param book remembers them
     */
    public ControlDesk(ControlRole role, Sender sender, OrderBook book, Clock clock) {
        this.role = role;
        this.sender = sender;
        this.book = book;
        this.clock = clock;
        this.audit = new Audit(role.audit(), clock);
        this.attempts = new Attempts(clock);
    }

    /** Where no orders are taken: says so, and by which option they would be. */
    public static void closed(JavalinConfig config) {
        Offer none = new Offer(false, false, Map.of(), List.of());
        config.routes.get(PATH, context -> json(context, none));
        config.routes.before(PATH + "/*", context -> refuse(context, HttpStatus.FORBIDDEN, OFF));
    }

    /** Opens the desk. */
    public void configure(JavalinConfig config) {
        config.routes.get(PATH, this::offer);
        config.routes.before(PATH + "/*", this::check);
        config.routes.post(SESSION, this::begin);
        config.routes.delete(SESSION, this::end);
        config.routes.post(ORDERS, this::order);
    }

    private void offer(Context context) {
        boolean known = isKnown(context);
        Map<String, List<String>> policies =
                Map.of(
                        "ordering", PolicyCatalog.orderings().names(),
                        "fairness", PolicyCatalog.fairness().names(),
                        "admission", PolicyCatalog.admissions().names(),
                        "preemption", PolicyCatalog.preemptions().names(),
                        "batching", PolicyCatalog.batchings().names(),
                        "routing", RoutingCatalog.names());
        json(context, new Offer(true, known, policies, known ? book.orders() : List.of()));
    }

    /** A browser names the site that made it send; only this page itself may have. */
    private void check(Context context) {
        String site = context.header("Sec-Fetch-Site");
        boolean own =
                SameSite.isFrom(context.header("Origin"), context.host())
                        && (site == null || site.equals("same-origin"));
        if (!own) {
            turnAway(context, HttpStatus.FORBIDDEN, "this was sent by another site");
            return;
        }
        String type = context.contentType();
        if (type == null || !type.matches("(?i)application/json\\s*(;.*)?")) {
            turnAway(context, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json");
        }
    }

    private void begin(Context context) {
        String token = token(context.body());
        Attempts.Answer answer = attempts.of(context.ip(), () -> role.secret().isToken(token));
        if (answer.tooMany()) {
            context.header("Retry-After", Long.toString(answer.waitSeconds()));
            turnAway(context, HttpStatus.TOO_MANY_REQUESTS, "too many wrong tokens; wait a minute");
            return;
        }
        if (!answer.right()) {
            turnAway(context, HttpStatus.UNAUTHORIZED, "that is not the token for orders");
            return;
        }
        audit.log(context.ip(), "took the role", "");
        cookie(context, role.secret().pass(PURPOSE), "");
    }

    private static String token(String body) {
        try {
            JsonNode token = JSON.readTree(body).path("token");
            return token.isTextual() ? token.textValue().strip() : "";
        } catch (JsonProcessingException none) {
            return "";
        }
    }

    private void end(Context context) {
        cookie(context, "", "; Max-Age=0");
    }

    private static void cookie(Context context, String value, String more) {
        context.header(
                "Set-Cookie",
                "%s=%s; Path=%s; HttpOnly; SameSite=Strict%s".formatted(COOKIE, value, PATH, more));
        context.status(HttpStatus.NO_CONTENT);
    }

    private boolean isKnown(Context context) {
        String pass = context.cookie(COOKIE);
        return pass != null && role.secret().isPass(PURPOSE, pass);
    }

    private void order(Context context) {
        if (!isKnown(context)) {
            turnAway(context, HttpStatus.UNAUTHORIZED, "show the token for orders first");
            return;
        }
        if (!places.tryAcquire()) {
            context.header("Retry-After", "1");
            turnAway(context, HttpStatus.TOO_MANY_REQUESTS, "other orders are being written");
            return;
        }
        try {
            give(context, OrderForm.read(context.body()));
        } catch (WrongOrder wrong) {
            String why = String.valueOf(wrong.getMessage());
            audit.log(context.ip(), "refused", "%s: %s".formatted(wrong.field(), why));
            context.status(HttpStatus.BAD_REQUEST);
            json(context, new Wrong(wrong.field(), why));
        } catch (CommandException failed) {
            turnAway(context, HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(failed.getMessage()));
        } finally {
            places.release();
        }
    }

    private void give(Context context, OrderForm form) {
        String address = context.ip();
        Order order = form.order(clock.instant(), "live page, from " + address);
        OrderPlace place = sender.send(order);
        GivenOrder given = book.given(order, form.words(), address, place);
        audit.log(address, "accepted", "%s; written to %s".formatted(given.what(), place));
        context.status(HttpStatus.CREATED);
        json(context, given);
    }

    private void turnAway(Context context, HttpStatus status, String why) {
        audit.log(context.ip(), "refused", why);
        refuse(context, status, why);
    }

    private static void refuse(Context context, HttpStatus status, String why) {
        context.status(status)
                .contentType("text/plain; charset=utf-8")
                .result(why + "\n")
                .skipRemainingHandlers();
    }

    private static void json(Context context, Object value) {
        try {
            context.contentType("application/json; charset=utf-8")
                    .result(JSON.writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
