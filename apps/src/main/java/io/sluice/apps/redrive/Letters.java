package io.sluice.apps.redrive;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.TopicStretch;
import io.sluice.apps.redrive.Letter.Fate;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DeadLetter;

import org.apache.kafka.common.header.Header;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the dead letters of a topic, and which of them have been sent again. */
final class Letters {

    /** Header of a record that is sent again: where its letter came from. */
    static final String HEADER = "sluice-redriven";

    /**
     * Which letters.
     *
     * @param origin topic that they came from
     * @param fromMillis when the first was put aside
     * @param stage the only step that could not go on with them; null for any
     * @param at the only place they came from, as topic-partition-offset; null for any
     */
    record Selection(Topic origin, long fromMillis, @Nullable String stage, @Nullable String at) {

        boolean holds(DeadLetter letter, String topic) {
            return letter.getTopic().equals(topic)
                    && letter.getAt().toEpochMilli() >= fromMillis
                    && (stage == null || stage.equals(letter.getStage()))
                    && (at == null || at.equals(Letter.origin(letter)));
        }
    }

    private final KafkaAccess kafka;
    private final TopicStretch topics;
    private long unreadable;

    Letters(KafkaAccess kafka) {
        this.kafka = kafka;
        this.topics = new TopicStretch(kafka);
    }

    /** The selected letters in the order they were put aside, each once. */
    List<Letter> find(Selection selection) {
        Map<String, DeadLetter> found = new LinkedHashMap<>();
        AvroCodec<DeadLetter> codec = AvroCodec.of(DeadLetter.class);
        String topic = kafka.name(selection.origin());
        topics.read(
                Topic.DEAD_LETTERS,
                selection.fromMillis(),
                record -> {
                    try {
                        byte[] value = record.value() == null ? new byte[0] : record.value();
                        DeadLetter letter = codec.decode(value);
                        if (selection.holds(letter, topic)) {
                            found.putIfAbsent(Letter.origin(letter), letter);
                        }
                    } catch (DecodeException broken) {
                        unreadable++;
                    }
                });
        Set<String> sent = found.isEmpty() ? Set.of() : sentBefore(selection);
        Reading reading = new Reading(selection.origin());
        List<Letter> letters = new ArrayList<>();
        found.forEach(
                (origin, letter) ->
                        letters.add(
                                new Letter(letter, fate(letter, sent.contains(origin), reading))));
        return letters;
    }

    /** Dead letters that are none, by the last search. */
    long unreadable() {
        return unreadable;
    }

    private Set<String> sentBefore(Selection selection) {
        Set<String> sent = new HashSet<>();
        topics.read(
                selection.origin(),
                selection.fromMillis(),
                record -> {
                    Header header = record.headers().lastHeader(HEADER);
                    if (header != null && header.value() != null) {
                        sent.add(new String(header.value(), StandardCharsets.UTF_8));
                    }
                });
        return sent;
    }

    private static Fate fate(DeadLetter letter, boolean sentBefore, Reading reading) {
        byte[] value = Letter.bytes(letter.getValue());
        if (sentBefore) {
            return Fate.SENT_BEFORE;
        }
        if (value == null) {
            return Fate.WAS_READ;
        }
        if (letter.getCut()) {
            return Fate.CUT;
        }
        return reading.succeeds(value) ? Fate.READY : Fate.UNREADABLE;
    }

    /** How the programs of this version read the values of a topic. */
    private static final class Reading {
        private final AvroCodec<?> codec;

        Reading(Topic topic) {
            codec =
                    AvroCodec.of(
                            topic.valueClass()
                                    .orElseThrow(
                                            () -> new IllegalArgumentException(topic.suffix())));
        }

        boolean succeeds(byte[] value) {
            try {
                codec.decode(value);
                return true;
            } catch (DecodeException broken) {
                return false;
            }
        }
    }
}
