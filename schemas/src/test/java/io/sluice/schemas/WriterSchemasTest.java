package io.sluice.schemas;

import io.sluice.schemas.DecodeException.Reason;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.WorkerEvent;

import org.apache.avro.Schema;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WriterSchemasTest {
    private final WriterSchemas schemas = WriterSchemas.of(ConfigEvent.class);

    @Test
    void leavesTheStreamAtTheBody() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        schemas.writeSchema(schemas.current(), out);
        out.write(77);
        ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
        assertThat(schemas.readSchema(in)).isEqualTo(ConfigEvent.getClassSchema());
        assertThat(in.read()).isEqualTo(77);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void findsOlderVersions() throws IOException {
        SchemaHistory history = SchemaHistory.load("/history-with-older");
        WriterSchemas withOlder = WriterSchemas.of(ConfigEvent.class, history);
        Schema older = history.versions("ConfigEvent").get(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        withOlder.writeSchema(older, out);
        assertThat(withOlder.readSchema(new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(older);
        assertThat(withOlder.all()).containsExactlyInAnyOrder(older, withOlder.current());
    }

    @Test
    void refusesTheSchemaOfAnotherRecord() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        schemas.writeSchema(WorkerEvent.getClassSchema(), out);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> schemas.readSchema(new ByteArrayInputStream(out.toByteArray())))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA));
    }

    @Test
    void refusesAStreamThatEndsInTheHeader() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> schemas.readSchema(new ByteArrayInputStream(new byte[9])))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_SHORT));
    }
}
