package io.sluice.apps.timeline;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.HandBack;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What has been found about one id so far. Decodes only what is about it, or may be. */
final class Catch {

    /** More than this no request has; then something else is the matter. */
    private static final int MOST_RECORDS = 50_000;

    private static final int MOST_SENT = 500_000;

    private final String requestId;
    private final byte[] idBytes;
    private final Map<Topic, AvroCodec<?>> codecs = new EnumMap<>(Topic.class);
    private final List<TopicRecord> records = new ArrayList<>();
    private final List<LaneDispatch> sent = new ArrayList<>();
    private int undecodable;
    private int tooMany;

    Catch(String requestId) {
        this.requestId = requestId;
        this.idBytes = requestId.getBytes(StandardCharsets.UTF_8);
    }

    List<TopicRecord> records() {
        return records;
    }

    List<LaneDispatch> sent() {
        return sent;
    }

    /** Takes a record of a topic whose key is the request's. */
    void byKey(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        if (Arrays.equals(record.key(), idBytes)) {
            keep(topic, record, decode(topic, record));
        }
    }

    /** Takes a record of a topic with other keys. Most do not even hold the bytes of the id. */
    void byContent(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() != null && contains(record.value(), idBytes)) {
            keep(topic, record, decode(topic, record));
        }
    }

    /** Takes a command of a lane: it may be about the request, or about another of that lane. */
    void command(ConsumerRecord<byte[], byte[]> record, Set<String> lanes) {
        byContent(Topic.DISPATCH, record);
        if (record.key() == null || !lanes.contains(text(record.key()))) {
            return;
        }
        if (sent.size() >= MOST_SENT) {
            tooMany++;
        } else if (decode(Topic.DISPATCH, record) instanceof DispatchCommand command) {
            LaneDispatch.of(command).ifPresent(sent::add);
        }
    }

    private void keep(
            Topic topic, ConsumerRecord<byte[], byte[]> record, @Nullable SpecificRecord value) {
        boolean about =
                value != null
                        && Subject.of(value)
                                .filter(key -> key.requestId().equals(requestId))
                                .isPresent();
        if (value == null || !about) {
            return;
        }
        if (records.size() >= MOST_RECORDS) {
            tooMany++;
            return;
        }
        Origin origin = new Origin(topic, record.partition(), record.offset());
        records.add(new TopicRecord(origin, Instant.ofEpochMilli(record.timestamp()), value));
    }

    private @Nullable SpecificRecord decode(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        AvroCodec<?> codec = codecs.computeIfAbsent(topic, Catch::codec);
        try {
            return record.value() == null ? null : codec.decode(record.value());
        } catch (DecodeException unreadable) {
            undecodable++;
            return null;
        }
    }

    private static AvroCodec<?> codec(Topic topic) {
        return topic.valueClass()
                .<AvroCodec<?>>map(AvroCodec::of)
                .orElseThrow(() -> new IllegalArgumentException("no records in " + topic));
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** Plainly searched: ids are short, and their first byte is rare enough. */
    static boolean contains(byte[] text, byte[] part) {
        for (int at = 0; at <= text.length - part.length; at++) {
            if (Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** When the request was submitted, as far as was found; null if that was not. */
    @Nullable Instant submittedAt() {
        return records.stream()
                .filter(record -> record.origin().topic() == Topic.REQUESTS)
                .map(TopicRecord::stamped)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** When the last outcome was committed, or null if none was. */
    @Nullable Instant committedAt() {
        return records.stream()
                .filter(record -> record.value() instanceof RequestOutcome)
                .map(TopicRecord::stamped)
                .max(Instant::compareTo)
                .orElse(null);
    }

    /** When the first of what was found was written, or null if nothing was. */
    @Nullable Instant firstStamp() {
        return records.stream().map(TopicRecord::stamped).min(Instant::compareTo).orElse(null);
    }

    /** The lanes that had to do with it. */
    Set<String> lanes() {
        Set<String> lanes = new TreeSet<>();
        for (TopicRecord record : records) {
            String lane = lane(record.value());
            if (lane != null) {
                lanes.add(lane);
            }
        }
        return lanes;
    }

    private static @Nullable String lane(SpecificRecord value) {
        if (value instanceof Decision decision) {
            return decision.getInstanceId();
        }
        if (value instanceof HandBack handBack) {
            return handBack.getInstanceId();
        }
        return value instanceof RequestOutcome outcome ? outcome.getInstanceId() : null;
    }

    /** What could not be kept or read, in words. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        if (undecodable > 0) {
            troubles.add(
                    Words.count(undecodable, "record") + " that may tell of it cannot be read");
        }
        if (tooMany > 0) {
            troubles.add(Words.count(tooMany, "record") + " more were found than are kept");
        }
        return troubles;
    }
}
