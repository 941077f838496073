package io.sluice.apps.page;

import io.sluice.apps.page.access.Attempts;
import io.sluice.apps.page.access.SameSite;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

import java.time.Clock;
import java.util.Set;

/**
 * Lets in who may read the page. Without a token: who asks for a name of the loopback interface, so
 * that another site's name that leads here gets nothing. With one: who shows it as a bearer token,
 * or has shown it in the form; not from an address that shows wrong ones again and again. A form
 * that another site sends is refused.
 */
final class Gate {

    /** The cookie of a browser that has shown the token. */
    static final String COOKIE = "sluice-page";

    private static final String FORM = "/login";
    private static final String BEARER = "Bearer ";
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    /** What the form looks like, which is no secret. */
    private static final Set<String> OPEN = Set.of(FORM, "/page.css", "/icon.svg");

    private final PageAccess access;
    private final Assets assets;
    private final Attempts attempts;

    Gate(PageAccess access, Assets assets, Clock clock) {
        this.access = access;
        this.assets = assets;
        this.attempts = new Attempts(clock);
    }

    /** Stands before everything that is served from now on. */
    void configure(JavalinConfig config) {
        if (access.needsToken()) {
            config.routes.before(this::checkToken);
            config.routes.get(FORM, context -> form(context, "/login.html", HttpStatus.OK));
            config.routes.post(FORM, this::login);
        } else {
            config.routes.before(Gate::checkName);
        }
    }

    private static void checkName(Context context) {
        String host = context.host();
        String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
        if (!OWN_NAMES.contains(name)) {
            refuse(
                    context,
                    HttpStatus.MISDIRECTED_REQUEST,
                    "this page answers to 127.0.0.1 and localhost only");
        }
    }

    private void checkToken(Context context) {
        if (OPEN.contains(context.path()) || hasPass(context)) {
            return;
        }
        String authorization = context.header("Authorization");
        if (authorization == null || !authorization.startsWith(BEARER)) {
            ask(context);
            return;
        }
        Attempts.Answer answer = attempt(context, authorization.substring(BEARER.length()));
        if (answer.tooMany()) {
            refuse(
                    context,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too many wrong tokens from your address; wait a minute");
        } else if (!answer.right()) {
            ask(context);
        }
    }

    private static void ask(Context context) {
        String accept = context.header("Accept");
        if (accept != null && accept.contains("text/html")) {
            context.redirect(FORM, HttpStatus.SEE_OTHER);
            context.skipRemainingHandlers();
        } else {
            context.header("WWW-Authenticate", "Bearer realm=\"sluice page\"");
            refuse(context, HttpStatus.UNAUTHORIZED, "show the token of this page");
        }
    }

    private boolean hasPass(Context context) {
        String pass = context.cookie(COOKIE);
        return pass != null && access.isPass(pass);
    }

    private Attempts.Answer attempt(Context context, String token) {
        Attempts.Answer answer = attempts.of(context.ip(), () -> access.isToken(token.strip()));
        if (answer.tooMany()) {
            context.header("Retry-After", Long.toString(answer.waitSeconds()));
        }
        return answer;
    }

    private void login(Context context) {
        if (!SameSite.isFrom(context.header("Origin"), context.host())) {
            refuse(context, HttpStatus.FORBIDDEN, "this form was sent by another site");
            return;
        }
        String token = context.formParam("token");
        Attempts.Answer answer = attempt(context, token == null ? "" : token);
        if (answer.tooMany()) {
            form(context, "/login-wait.html", HttpStatus.TOO_MANY_REQUESTS);
            return;
        }
        if (!answer.right()) {
            form(context, "/login-again.html", HttpStatus.UNAUTHORIZED);
            return;
        }
        context.header(
                "Set-Cookie",
                "%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(COOKIE, access.pass()));
        context.redirect("/", HttpStatus.SEE_OTHER);
    }

    private void form(Context context, String path, HttpStatus status) {
        Assets.Asset page = assets.required(path);
        // With no referrer at all, browsers post this form with no origin either.
        context.header("Referrer-Policy", "same-origin");
        context.status(status).contentType(page.type()).result(page.content());
    }

    private static void refuse(Context context, HttpStatus status, String why) {
        context.status(status).result(why + "\n").skipRemainingHandlers();
    }
}
