package io.sluice.apps.alerts;

import io.sluice.apps.delivery.Delivery;
import io.sluice.apps.delivery.HttpReceiver;
import io.sluice.schemas.avro.Alert;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * Who is told of alerts.
 *
 * @param http where
 * @param form what it wants to hear
 * @param pageUrl where people look, or empty
 * @param clock of this process
 */
record AlertReceiver(HttpReceiver http, Form form, String pageUrl, Clock clock) {

    /** How often an alert that is open is told again; zero for once. */
    Duration repeatEvery() {
        return form.repeatEvery();
    }

    /** Sends a message about an alert, and waits for the answer. */
    Delivery tell(Alert alert) {
        String text = form.text(alert, clock.instant(), pageUrl);
        return http.post("application/json", text.getBytes(StandardCharsets.UTF_8));
    }
}
