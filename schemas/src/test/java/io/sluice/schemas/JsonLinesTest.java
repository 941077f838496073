package io.sluice.schemas;

import io.sluice.schemas.avro.Candidate;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JsonLinesTest {
    @Test
    void rendersAGeneratedRecordWithoutItsNulls() {
        assertThat(JsonLines.render(Samples.deadLetter("größe".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(
                        "{\"topic\":\"inference.requests\",\"partition\":3,\"offset\":42,"
                                + "\"timestamp\":\"2026-11-22T10:15:30.250Z\",\"value\":\"größe\","
                                + "\"headers\":{},\"stage\":\"decode\","
                                + "\"error_class\":\"DecodeException\","
                                + "\"message\":\"a \\\"quoted\\\" reason\","
                                + "\"cut\":false,\"at\":\"2026-11-22T10:15:30.250Z\"}");
    }

    @Test
    void marksBytesThatAreNoText() {
        byte[] bytes = {(byte) 0xC3, 0x01, 0x00};
        assertThat(JsonLines.render(Samples.deadLetter(bytes)))
                .contains("\"value\":{\"$base64\":\"wwEA\"}");
    }

    @Test
    void leavesTheBytesOfARecordAsTheyWere() {
        DeadLetter record = Samples.deadLetter(new byte[] {(byte) 0xFF, 1});
        assertThat(JsonLines.render(record)).isEqualTo(JsonLines.render(record));
        assertThat(record.getValue().remaining()).isEqualTo(2);
    }

    @Test
    void rendersWhatIsNested() {
        Decision decision =
                Decision.newBuilder()
                        .setKind(DecisionKind.ROUTE)
                        .setRequestId("r")
                        .setFairnessId("default")
                        .setAttempt(1)
                        .setEpoch(7)
                        .setSeq(1)
                        .setDecidedAt(Samples.NOW)
                        .setCandidates(List.of(new Candidate("gpu-1", 0.5, Map.of("load", 0.5))))
                        .build();
        assertThat(JsonLines.render(decision))
                .contains("\"kind\":\"ROUTE\"")
                .contains(
                        "\"candidates\":[{\"instance_id\":\"gpu-1\",\"score\":0.5,"
                                + "\"parts\":{\"load\":0.5}}]");
    }

    @Test
    void rendersAGenericRecordTheSameWay() {
        Schema schema = DeadLetter.getClassSchema();
        GenericData.Record record = new GenericData.Record(schema);
        DeadLetter same = Samples.deadLetter(new byte[] {65});
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), same.get(field.pos()));
        }
        record.put("timestamp", Samples.NOW.toEpochMilli());
        record.put("at", Samples.NOW.toEpochMilli());
        assertThat(JsonLines.render(record)).isEqualTo(JsonLines.render(same));
    }

    @Test
    void rendersFixedAndOddNumbers() {
        Schema schema =
                SchemaBuilder.record("R")
                        .fields()
                        .name("fixed")
                        .type()
                        .fixed("F")
                        .size(2)
                        .noDefault()
                        .requiredDouble("nan")
                        .requiredFloat("half")
                        .endRecord();
        GenericData.Record record = new GenericData.Record(schema);
        byte[] bytes = ByteBuffer.allocate(2).put((byte) 'h').put((byte) 'i').array();
        record.put("fixed", new GenericData.Fixed(schema.getField("fixed").schema(), bytes));
        record.put("nan", Double.NaN);
        record.put("half", 0.5f);
        assertThat(JsonLines.render(record))
                .isEqualTo("{\"fixed\":\"hi\",\"nan\":\"NaN\",\"half\":0.5}");
    }

    @Test
    void refusesAValueThatDoesNotFollowItsSchema() {
        Schema schema = SchemaBuilder.record("R").fields().requiredString("text").endRecord();
        GenericData.Record record = new GenericData.Record(schema);
        record.put("text", List.of("no", "text"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonLines.render(record))
                .withMessageContaining("ARRAY");
    }
}
