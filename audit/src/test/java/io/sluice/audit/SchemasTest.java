package io.sluice.audit;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Records as they lie in the topics, read by the published schemas. */
class SchemasTest {

    private static byte[] encoded(GenericRecord record) throws IOException {
        ByteBuffer buffer =
                new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema())
                        .encode(record);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void everyTopicThatIsReadHasItsSchema() throws IOException {
        for (Map.Entry<String, String> topic : AuditedTopics.RECORDS.entrySet()) {
            GenericRecord record = CraftedLog.record(topic.getKey(), Map.of());
            assertThat(Schemas.decoder(topic.getValue()).decode(encoded(record))).isEqualTo(record);
        }
    }

    @Test
    void whatAnotherSchemaWroteIsNotRead() throws IOException {
        Schema other = Schema.createRecord("Other", null, "test", false, java.util.List.of());
        byte[] bytes = encoded(new GenericData.Record(other));
        assertThat(Schemas.decoder("HandBack").decode(bytes)).isNull();
    }

    @Test
    void whatHasMoreThanARecordIsNone() throws IOException {
        byte[] bytes = encoded(CraftedLog.record("handbacks", Map.of()));
        RecordDecoder decoder = Schemas.decoder("HandBack");

        assertThat(decoder.decode(bytes)).isNotNull();
        assertThat(decoder.decode(Arrays.copyOf(bytes, bytes.length + 1))).isNull();
        assertThat(decoder.decode(Arrays.copyOf(bytes, bytes.length - 1))).isNull();
    }

    @Test
    void aRecordThatNobodyPublishedIsNamed() {
        assertThatThrownBy(() -> Schemas.decoder("Nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Nothing");
    }
}
