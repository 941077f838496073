package io.sluice.apps.timeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A life as one JSON object, for programs and pages. Times are ISO-8601 in UTC, durations whole
 * milliseconds; text is what clients wrote, so whoever shows it escapes it.
 */
public final class TimelineJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private TimelineJson() {}

    /**
     * The object, in one line.
     *
     * @param life the life
     * @param now what time it is, for what lasts
     * @param unread what was not read of the topics, in words
     */
    public static String of(RequestTimeline life, Instant now, List<String> unread) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("request_id", life.key().requestId());
            json.writeStringField("fairness_id", life.key().tenant());
            json.writeStringField("headline", life.headline(now));
            json.writeArrayFieldStart("phases");
            for (TimelinePhase phase : life.phases()) {
                write(phase, now, json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("entries");
            for (TimelineEntry entry : life.entries()) {
                write(entry, json);
            }
            json.writeEndArray();
            write("missing", life.missing(), json);
            write("unread", unread, json);
            json.writeNumberField("repeats", life.repeats());
            json.writeEndObject();
        } catch (IOException exception) {
            throw new UncheckedIOException("writing to memory failed", exception);
        }
        return text.toString();
    }

    private static void write(TimelinePhase phase, Instant now, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", phase.kind().name());
        json.writeStringField("from", phase.from().toString());
        if (phase.to() != null) {
            json.writeStringField("to", phase.to().toString());
        }
        json.writeNumberField("ms", phase.length(now).toMillis());
        json.writeBooleanField("wait", phase.kind().isWait());
        about(phase.instanceId(), phase.attempt(), json);
        json.writeStringField("why", phase.why());
        json.writeEndObject();
    }

    private static void write(TimelineEntry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", entry.at().toString());
        json.writeStringField("clock", entry.clock().name());
        json.writeStringField("stage", entry.stage().name());
        json.writeStringField("event", entry.event());
        json.writeStringField("what", entry.what());
        about(entry.instanceId(), entry.attempt(), json);
        if (entry.epoch() > 0) {
            json.writeNumberField("epoch", entry.epoch());
        }
        json.writeBooleanField("rolled_back", entry.rolledBack());
        json.writeObjectFieldStart("details");
        for (Map.Entry<String, String> detail : entry.details().entrySet()) {
            json.writeStringField(detail.getKey(), detail.getValue());
        }
        json.writeEndObject();
        write("origins", entry.origins().stream().map(Origin::toString).toList(), json);
        json.writeEndObject();
    }

    private static void about(@Nullable String instanceId, int attempt, JsonGenerator json)
            throws IOException {
        if (instanceId != null) {
            json.writeStringField("instance_id", instanceId);
        }
        if (attempt > 0) {
            json.writeNumberField("attempt", attempt);
        }
    }

    private static void write(String name, List<String> texts, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
