package io.sluice.apps.timeline;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An entry while what is known of it is gathered; what is absent is left out. */
final class EntryDraft {

    private final Stage stage;
    private final String event;
    private final Map<String, String> details = new LinkedHashMap<>();
    private Instant at;
    private TimeSource clock;
    private @Nullable String instanceId;
    private int attempt;
    private long epoch;

    private EntryDraft(Stage stage, String event, Instant at, TimeSource clock) {
        this.stage = stage;
        this.event = event;
        this.at = at;
        this.clock = clock;
    }

    static EntryDraft of(Stage stage, String event, Instant at, TimeSource clock) {
        return new EntryDraft(stage, event, at, clock);
    }

    EntryDraft at(Instant other, TimeSource otherClock) {
        at = other;
        clock = otherClock;
        return this;
    }

    EntryDraft run(@Nullable String instance, int ofAttempt, @Nullable Long ofEpoch) {
        instanceId = instance;
        attempt = ofAttempt;
        epoch = ofEpoch == null ? 0 : ofEpoch;
        return this;
    }

    EntryDraft detail(String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
        return this;
    }

    EntryDraft millis(String name, @Nullable Number value) {
        if (value != null) {
            details.put(name, Words.millis(value.doubleValue()));
        }
        return this;
    }

    TimelineEntry entry(String what, Origin origin) {
        return new TimelineEntry(
                at,
                clock,
                stage,
                event,
                what,
                instanceId,
                attempt,
                epoch,
                false,
                details,
                List.of(origin));
    }
}
