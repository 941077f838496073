package io.sluice.jobs.io;

import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DeadLetter;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class LetterCutTest {

    private static final int TOPIC_LIMIT = Topic.DEAD_LETTERS.storage().maxMessageBytes();

    /** What the client and the broker put around a record that is alone in its batch. */
    private static final int ENVELOPE_BYTES = 256;

    /** As long as the name of a topic can be. */
    private static final LogPosition ORIGIN =
            new LogPosition("t".repeat(249), Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 4);

    @Test
    void theLargestRecordOfAnotherTopicIsKeptWhole() throws Exception {
        byte[] value = filled(Topic.REQUESTS.storage().maxMessageBytes() - 100);

        DeadLetter letter = written(new RawMessage(filled(50), value, Map.of()), "too short");

        assertThat(letter.getValue().array()).isEqualTo(value);
        assertThat(letter.getKey().remaining()).isEqualTo(50);
        assertThat(letter.getMessage()).isEqualTo("too short");
    }

    @Test
    void aValueThatInflatedIsCutAndTheMessageSaysSo() throws Exception {
        byte[] value = filled(5_000_000);

        DeadLetter letter =
                written(new RawMessage(null, value, Map.of("h", new byte[] {1})), "too short");

        int kept = letter.getValue().remaining();
        assertThat(kept).isBetween(TOPIC_LIMIT - (100 << 10), TOPIC_LIMIT);
        assertThat(letter.getCut()).isTrue();
        assertThat(letter.getValue().array()).isEqualTo(Arrays.copyOf(value, kept));
        assertThat(letter.getHeaders()).containsOnlyKeys("h");
        assertThat(letter.getMessage())
                .isEqualTo(
                        "too short; of the 5000000 bytes of its value the first %d are kept"
                                .formatted(kept));
    }

    @Test
    void neitherKeyNorHeadersNorMessageAreTooLarge() throws Exception {
        RawMessage raw =
                new RawMessage(
                        filled(3_000_000),
                        filled(3_000_000),
                        Map.of("h".repeat(1_000_000), filled(2_000_000)));

        DeadLetter letter = written(raw, "m".repeat(4_000_000));

        assertThat(letter.getHeaders()).isEmpty();
        assertThat(letter.getValue().remaining()).isGreaterThan(TOPIC_LIMIT / 2);
        assertThat(letter.getMessage())
                .contains("its headers, 3000010 bytes, are left out")
                .contains("of the 3000000 bytes of its key the first")
                .contains("of the 3000000 bytes of its value the first");
    }

    @Test
    void aRecordWithoutBytesStaysOne() throws Exception {
        DeadLetter letter = written(RawMessage.NOT_KEPT, "late");

        assertThat(letter.getKey()).isNull();
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getMessage()).isEqualTo("late");
    }

    private static DeadLetter written(RawMessage raw, String message) throws Exception {
        ProducerRecord<byte[], byte[]> record =
                KafkaEdges.deadLetterSchema("dead-letters")
                        .serialize(
                                new DeadLetterRecord(
                                        ORIGIN,
                                        raw,
                                        new Failure("decode", "DecodeException", message, 1L),
                                        1),
                                null,
                                0L);
        assertThat(record.key().length + record.value().length + ENVELOPE_BYTES)
                .isLessThan(TOPIC_LIMIT);
        return AvroCodec.of(DeadLetter.class).decode(record.value());
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }
}
