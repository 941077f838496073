package io.sluice.apps.tail;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class RecordLineTest {

    private static final String PLACE =
            "{\"partition\":3,\"offset\":7,\"timestamp\":\"1970-01-01T00:00:01.500Z\",";

    @Test
    void showsARecordWithItsPlace() {
        DispatchCommand command =
                DispatchCommand.newBuilder()
                        .setType(CommandType.SYNC)
                        .setInstanceId("gpu")
                        .setEpoch(1)
                        .setSeq(2)
                        .setDecidedAt(Instant.EPOCH)
                        .build();
        byte[] value = AvroCodec.of(DispatchCommand.class).encode(command);

        assertThat(line(Topic.DISPATCH, bytes("k\"1"), value))
                .startsWith(
                        PLACE
                                + "\"key\":\"k\\\"1\",\"value\":{\"type\":\"SYNC\",\"instance_id\":\"gpu\"")
                .endsWith("}}");
    }

    @Test
    void showsWhatCannotBeReadWithTheReasonAndTheBytes() {
        assertThat(line(Topic.DISPATCH, null, new byte[] {1, 2, 3}))
                .isEqualTo(
                        PLACE
                                + "\"key\":null,\"error\":\"record of 3 bytes is too short: its header alone has 10\",\"reason\":\"TOO_SHORT\",\"bytes\":{\"$base64\":\"AQID\"}}");
    }

    @Test
    void showsRawBytesAsTextIfTheyAreText() {
        assertThat(line(Topic.PAYLOADS, bytes("r"), bytes("Grüße\n")))
                .isEqualTo(PLACE + "\"key\":\"r\",\"value\":\"Grüße\\n\"}");
        assertThat(line(Topic.PAYLOADS, bytes("r"), new byte[] {(byte) 0xff}))
                .isEqualTo(PLACE + "\"key\":\"r\",\"value\":{\"$base64\":\"/w==\"}}");
    }

    @Test
    void showsATombstone() {
        assertThat(line(Topic.CONFIG, bytes("policy/p"), null))
                .isEqualTo(PLACE + "\"key\":\"policy/p\",\"value\":null}");
    }

    private static String line(Topic topic, byte[] key, byte[] value) {
        return new RecordLine(topic)
                .of(
                        new ConsumerRecord<>(
                                "t",
                                3,
                                7,
                                1_500,
                                TimestampType.CREATE_TIME,
                                0,
                                0,
                                key,
                                value,
                                new RecordHeaders(),
                                Optional.empty()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
