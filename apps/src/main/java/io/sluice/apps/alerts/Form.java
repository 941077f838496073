package io.sluice.apps.alerts;

import io.sluice.schemas.avro.Alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What a receiver wants to hear. */
enum Form {
    /**
     * What Alertmanager sends to webhooks, version 4, with one alert in each message: whoever
     * understands Alertmanager understands this.
     */
    WEBHOOK {
        @Override
        String text(Alert alert, Instant now, String pageUrl) {
            AlertWords words = AlertWords.of(alert);
            return json(
                    json -> {
                        json.writeStartObject();
                        json.writeStringField("version", "4");
                        json.writeStringField("groupKey", alert.getAlertId());
                        json.writeNumberField("truncatedAlerts", 0);
                        json.writeStringField("status", status(alert));
                        json.writeStringField("receiver", "sluice");
                        write("groupLabels", words.labels(), json);
                        write("commonLabels", words.labels(), json);
                        write("commonAnnotations", words.annotations(), json);
                        json.writeStringField("externalURL", pageUrl);
                        json.writeArrayFieldStart("alerts");
                        json.writeStartObject();
                        json.writeStringField("status", status(alert));
                        write("labels", words.labels(), json);
                        write("annotations", words.annotations(), json);
                        json.writeStringField("startsAt", alert.getOpenedAt().toString());
                        Instant end = alert.getResolvedAt();
                        json.writeStringField("endsAt", end == null ? NO_END : end.toString());
                        json.writeStringField("generatorURL", pageUrl);
                        json.writeStringField("fingerprint", words.fingerprint());
                        json.writeEndObject();
                        json.writeEndArray();
                        json.writeEndObject();
                    });
        }
    },
    /**
     * What Prometheus sends to Alertmanager, {@code POST /api/v2/alerts}. Alertmanager takes an
     * alert for resolved when it has not heard of it for a while, so an open one is repeated.
     */
    ALERTMANAGER {
        @Override
        String text(Alert alert, Instant now, String pageUrl) {
            AlertWords words = AlertWords.of(alert);
            return json(
                    json -> {
                        json.writeStartArray();
                        json.writeStartObject();
                        write("labels", words.labels(), json);
                        write("annotations", words.annotations(), json);
                        json.writeStringField("startsAt", alert.getOpenedAt().toString());
                        Instant end = alert.getResolvedAt();
                        json.writeStringField(
                                "endsAt", (end == null ? now.plus(HOLDS) : end).toString());
                        if (!pageUrl.isEmpty()) {
                            json.writeStringField("generatorURL", pageUrl);
                        }
                        json.writeEndObject();
                        json.writeEndArray();
                    });
        }

        @Override
        Duration repeatEvery() {
            return Duration.ofMinutes(1);
        }
    };

    /** How long Alertmanager takes an alert for open after it has heard of it. */
    static final Duration HOLDS = Duration.ofMinutes(4);

    /** The zero of time in Go, which Alertmanager writes for the end of what goes on. */
    private static final String NO_END = "0001-01-01T00:00:00Z";

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * A message about one alert, as JSON.
     *
     * @param alert how it stands
     * @param now the clock of the sender
     * @param pageUrl where people look, or empty
     */
    abstract String text(Alert alert, Instant now, String pageUrl);

    /** How often an alert that is open is told again; zero for once. */
    Duration repeatEvery() {
        return Duration.ZERO;
    }

    private static String status(Alert alert) {
        return alert.getResolvedAt() == null ? "firing" : "resolved";
    }

    private static void write(String field, Map<String, String> words, JsonGenerator json)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, @Nullable String> word : words.entrySet()) {
            json.writeStringField(word.getKey(), word.getValue());
        }
        json.writeEndObject();
    }

    private interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    private static String json(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writing.write(json);
        } catch (IOException exception) {
            throw new UncheckedIOException("writing to memory failed", exception);
        }
        return text.toString();
    }
}
