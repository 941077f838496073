package io.sluice.jobs.io;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.flink.formats.avro.SchemaCoder;
import org.apache.flink.util.InstantiationUtil;

import org.apache.avro.Schema;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class WireFormTest {

    private static final AvroCodec<RequestOutcome> CODEC = AvroCodec.of(RequestOutcome.class);
    private static final RequestOutcome OUTCOME = AvroOutcomes.completed();

    private final WireForm<RequestOutcome> wire = WireForm.of(RequestOutcome.class);

    /** As a service that numbers schemas would do it; it knows one. */
    private static final class Registry implements SchemaCoder {

        @Override
        public Schema readSchema(InputStream in) throws IOException {
            if (in.read() != 7) {
                throw new IOException("the registry does not answer");
            }
            return RequestOutcome.getClassSchema();
        }

        @Override
        public void writeSchema(Schema schema, OutputStream out) throws IOException {
            assertThat(schema).isEqualTo(RequestOutcome.getClassSchema());
            out.write(7);
        }
    }

    @Test
    void isThatOfPlainClients() throws Exception {
        assertThat(wire.write(OUTCOME)).isEqualTo(CODEC.encode(OUTCOME));
        assertThat(wire.read(CODEC.encode(OUTCOME))).isEqualTo(OUTCOME);
    }

    @Test
    void travelsWithTheJobGraph() throws Exception {
        wire.write(OUTCOME);

        assertThat(InstantiationUtil.clone(wire).read(CODEC.encode(OUTCOME))).isEqualTo(OUTCOME);
    }

    @Test
    void bytesThatAreNoRecordAreToldApart() {
        byte[] bytes = CODEC.encode(OUTCOME);

        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> wire.read(Arrays.copyOf(bytes, bytes.length - 1)))
                .extracting(DecodeException::reason)
                .isEqualTo(DecodeException.Reason.TRUNCATED);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> wire.read(Arrays.copyOf(bytes, bytes.length + 1)))
                .extracting(DecodeException::reason)
                .isEqualTo(DecodeException.Reason.TRAILING_BYTES);
    }

    @Test
    void anotherCoderNamesSchemasInItsOwnWay() throws Exception {
        WireForm<RequestOutcome> registered = WireForm.of(RequestOutcome.class, Registry::new);

        byte[] bytes = registered.write(OUTCOME);

        assertThat(bytes).hasSize(CODEC.encode(OUTCOME).length - 9).startsWith(7);
        assertThat(registered.read(bytes)).isEqualTo(OUTCOME);
    }

    /** What cannot be looked up now is no dead letter. */
    @Test
    void aCoderThatFailsIsNoFaultOfTheRecord() {
        WireForm<RequestOutcome> registered = WireForm.of(RequestOutcome.class, Registry::new);

        assertThatIOException()
                .isThrownBy(() -> registered.read(new byte[] {1, 2, 3}))
                .isNotInstanceOf(DecodeException.class)
                .withMessage("the registry does not answer");
    }
}
