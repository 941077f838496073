package io.sluice.apps.page;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.live.LiveModel;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloStatus;
import io.sluice.schemas.avro.WorkerEvent;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** Gives the model what the records of the topics say. */
final class RecordIntake {

    private static final Duration HISTORY = Duration.ofMinutes(15);

    /** A status that does not change is written anew each hour. */
    private static final Duration STATUS_HISTORY = Duration.ofMinutes(65);

    /** What goes on may have been said once, long ago. */
    private static final Duration EVERYTHING = ChronoUnit.FOREVER.getDuration();

    private final LiveModel model;
    private final Map<String, Duration> longer = new HashMap<>();
    private final Map<String, ObjLongConsumer<byte[]>> readers = new LinkedHashMap<>();

    RecordIntake(KafkaAccess kafka, LiveModel model) {
        this.model = model;
        read(kafka.name(Topic.WORKER_EVENTS), WorkerEvent.class, model::event);
        read(kafka.name(Topic.DECISIONS), Decision.class, (d, at) -> model.decision(d));
        read(kafka.name(Topic.OUTCOMES), RequestOutcome.class, model::outcome);
        read(kafka.name(Topic.SLA), SlaWindow.class, (w, at) -> model.window(w));
        read(kafka.name(Topic.SLO), SloStatus.class, (s, at) -> model.status(s));
        read(kafka.name(Topic.ALERTS), Alert.class, (a, at) -> model.alert(a));
        longer.put(kafka.name(Topic.SLO), STATUS_HISTORY);
        longer.put(kafka.name(Topic.ALERTS), EVERYTHING);
    }

    private <T extends SpecificRecord> void read(
            String topic, Class<T> type, ObjLongConsumer<T> reader) {
        AvroCodec<T> codec = AvroCodec.of(type);
        readers.put(
                topic,
                (bytes, appendMillis) -> {
                    try {
                        reader.accept(codec.decode(bytes), appendMillis);
                    } catch (DecodeException unreadable) {
                        model.unreadable();
                    }
                });
    }

    /** Names of the topics. */
    List<String> topics() {
        return List.copyOf(readers.keySet());
    }

    /** When to begin to read a topic at the latest, milliseconds since the epoch. */
    long beginMillis(String topic, long nowMillis) {
        Duration history = longer.getOrDefault(topic, HISTORY);
        return history.equals(EVERYTHING) ? 0 : nowMillis - history.toMillis();
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        ObjLongConsumer<byte[]> reader = readers.get(record.topic());
        // Without a value it is the end of a key that was compacted away.
        if (reader != null && record.value() != null) {
            reader.accept(record.value(), record.timestamp());
        }
    }
}
