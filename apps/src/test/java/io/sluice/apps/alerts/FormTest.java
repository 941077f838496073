package io.sluice.apps.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class FormTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final String PAGE = "https://sluice.example/";

    private static JsonNode read(Form form, boolean over, String page) throws Exception {
        return new ObjectMapper().readTree(form.text(Alerts.of("a\"<b>", 3, over), NOW, page));
    }

    @Test
    void aWebhookHearsWhatAlertmanagerWouldTellIt() throws Exception {
        JsonNode message = read(Form.WEBHOOK, false, PAGE);

        assertThat(message.at("/version").asText()).isEqualTo("4");
        assertThat(message.at("/status").asText()).isEqualTo("firing");
        assertThat(message.at("/truncatedAlerts").isInt()).isTrue();
        assertThat(message.at("/groupKey").asText()).startsWith("chat-ttft/a\"<b>/PAGE@");
        assertThat(message.at("/externalURL").asText()).isEqualTo(PAGE);
        assertThat(message.at("/alerts")).hasSize(1);
        JsonNode alert = message.at("/alerts/0");
        assertThat(alert.at("/status").asText()).isEqualTo("firing");
        assertThat(alert.at("/labels")).isEqualTo(message.at("/commonLabels"));
        assertThat(alert.at("/labels")).isEqualTo(message.at("/groupLabels"));
        assertThat(alert.at("/labels/tenant").asText()).isEqualTo("a\"<b>");
        assertThat(alert.at("/annotations")).isEqualTo(message.at("/commonAnnotations"));
        assertThat(alert.at("/startsAt").asText()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(alert.at("/endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
    }

    @Test
    void aWebhookHearsWhenItIsOver() throws Exception {
        JsonNode message = read(Form.WEBHOOK, true, "");

        assertThat(message.at("/status").asText()).isEqualTo("resolved");
        assertThat(message.at("/alerts/0/status").asText()).isEqualTo("resolved");
        assertThat(message.at("/alerts/0/endsAt").asText()).isEqualTo("2026-11-23T08:03:00Z");
    }

    @Test
    void anAlertmanagerHearsUntilWhenItHolds() throws Exception {
        JsonNode open = read(Form.ALERTMANAGER, false, PAGE);
        JsonNode over = read(Form.ALERTMANAGER, true, "");

        assertThat(open).hasSize(1);
        assertThat(open.at("/0/endsAt").asText()).isEqualTo("2026-11-23T09:04:00Z");
        assertThat(open.at("/0/generatorURL").asText()).isEqualTo(PAGE);
        assertThat(over.at("/0/endsAt").asText()).isEqualTo("2026-11-23T08:03:00Z");
        // Alertmanager refuses an address that is empty.
        assertThat(over.at("/0").has("generatorURL")).isFalse();
        assertThat(Form.HOLDS).isGreaterThan(Form.ALERTMANAGER.repeatEvery().multipliedBy(3));
    }
}
