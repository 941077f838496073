package io.sluice.apps.alerts;

import io.sluice.apps.alerts.Delivery.Later;
import io.sluice.apps.alerts.Delivery.Refused;
import io.sluice.apps.alerts.Delivery.Taken;
import io.sluice.schemas.avro.Alert;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * One address that is told of alerts over HTTP.
 *
 * <p>What the receiver cannot take now (no connection, no answer in time, 408, 425, 429, 5xx) may
 * be sent again; every other answer but 2xx is final. Redirects are not followed: the headers may
 * hold a secret that is meant for this address.
 */
final class Receiver {

    /**
     * Where, and how.
     *
     * @param address http or https
     * @param form what it wants to hear
     * @param headers sent with each message
     * @param timeout how long an answer may take
     * @param pageUrl where people look, or empty
     */
    record Target(
            URI address, Form form, Map<String, String> headers, Duration timeout, String pageUrl) {

        /** Copies the headers. */
        Target {
            headers = Map.copyOf(headers);
        }
    }

    private final Target target;
    private final Clock clock;
    private final HttpClient http;

    Receiver(Target target, Clock clock) {
        this.target = target;
        this.clock = clock;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(target.timeout())
                        .followRedirects(Redirect.NEVER)
                        .build();
    }

    /** How often an alert that is open is told again; zero for once. */
    Duration repeatEvery() {
        return target.form().repeatEvery();
    }

    /** Sends a message about an alert, and waits for the answer. */
    Delivery tell(Alert alert) {
        String text = target.form().text(alert, clock.instant(), target.pageUrl());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.address())
                        .timeout(target.timeout())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(text));
        target.headers().forEach(request::setHeader);
        try {
            return judged(http.send(request.build(), BodyHandlers.discarding()));
        } catch (IOException silent) {
            return new Later(silent.toString(), null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Later("interrupted", null);
        }
    }

    private static Delivery judged(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new Taken();
        }
        String reason = "answered HTTP " + status;
        boolean passing = status == 408 || status == 425 || status == 429 || status / 100 == 5;
        return passing
                ? new Later(reason, wait(answer.headers().firstValue("Retry-After").orElse(null)))
                : new Refused(reason);
    }

    /** Of {@code Retry-After} only the form in seconds is understood; the other is a date. */
    private static @Nullable Duration wait(@Nullable String seconds) {
        return seconds != null && seconds.matches("\\d{1,5}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : null;
    }
}
