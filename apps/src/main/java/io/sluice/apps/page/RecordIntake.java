package io.sluice.apps.page;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.live.LiveModel;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.DeadLetter;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/** Gives the model what the records of the topics say. */
final class RecordIntake {

    private static final Duration HISTORY = Duration.ofMinutes(15);

    /** A status that does not change is written anew each hour. */
    private static final Duration STATUS_HISTORY = Duration.ofMinutes(65);

    /** What goes on may have been said once, long ago. */
    private static final Duration EVERYTHING = ChronoUnit.FOREVER.getDuration();

    private final LiveModel model;
    private final PageMetrics metrics;
    private final Map<String, Duration> longer = new HashMap<>();
    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> readers =
            new LinkedHashMap<>();
    private Consumer<SpecificRecord> watcher = record -> {};

    RecordIntake(KafkaAccess kafka, LiveModel model, PageMetrics metrics) {
        this.model = model;
        this.metrics = metrics;
        read(kafka.name(Topic.WORKER_EVENTS), WorkerEvent.class, model::event);
        read(kafka.name(Topic.DECISIONS), Decision.class, (d, at) -> model.decision(d));
        read(kafka.name(Topic.OUTCOMES), RequestOutcome.class, model::outcome);
        read(kafka.name(Topic.SLA), SlaWindow.class, (w, at) -> model.window(w));
        read(kafka.name(Topic.SLO), SloStatus.class, (s, at) -> model.status(s));
        read(kafka.name(Topic.ALERTS), Alert.class, (a, at) -> model.alert(a));
        read(kafka.name(Topic.CONFIG), ConfigEvent.class, (c, at) -> model.config(c));
        readAt(kafka.name(Topic.CONTROL), ControlEvent.class, this::order);
        longer.put(kafka.name(Topic.CONFIG), EVERYTHING);
        longer.put(kafka.name(Topic.CONTROL), EVERYTHING);
        longer.put(kafka.name(Topic.SLO), STATUS_HISTORY);
        longer.put(kafka.name(Topic.ALERTS), EVERYTHING);
    }

    private void order(ControlEvent order, ConsumerRecord<byte[], byte[]> record) {
        String position = "%s-%d-%d".formatted(record.topic(), record.partition(), record.offset());
        model.order(order, position, record.timestamp());
    }

    /** Has somebody hear of each record too, and of dead letters. Before anything is read. */
    void watchedBy(KafkaAccess kafka, Consumer<SpecificRecord> heard) {
        watcher = heard;
        read(kafka.name(Topic.DEAD_LETTERS), DeadLetter.class, (letter, at) -> {});
    }

    private <T extends SpecificRecord> void read(
            String topic, Class<T> type, ObjLongConsumer<T> reader) {
        readAt(topic, type, (value, record) -> reader.accept(value, record.timestamp()));
    }

    private <T extends SpecificRecord> void readAt(
            String topic, Class<T> type, BiConsumer<T, ConsumerRecord<byte[], byte[]>> reader) {
        AvroCodec<T> codec = AvroCodec.of(type);
        readers.put(
                topic,
                record -> {
                    try {
                        T value = codec.decode(record.value());
                        reader.accept(value, record);
                        watcher.accept(value);
                    } catch (DecodeException | IllegalArgumentException unreadable) {
                        // The second: it can be read, and makes no sense, as without an id.
                        model.unreadable();
                        metrics.unreadable(topic);
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
        Consumer<ConsumerRecord<byte[], byte[]>> reader = readers.get(record.topic());
        // Without a value it is the end of a key that was compacted away.
        if (reader != null && record.value() != null) {
            metrics.read(record.topic());
            reader.accept(record);
        }
    }
}
