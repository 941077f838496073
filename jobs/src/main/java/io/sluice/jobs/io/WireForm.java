package io.sluice.jobs.io;

import io.sluice.schemas.AvroCodec;

import org.apache.flink.formats.avro.SchemaCoder;
import org.apache.flink.formats.avro.SchemaCoder.SchemaCoderProvider;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * Records of one kind as bytes. Which schema wrote them is the business of Flink's {@link
 * SchemaCoder}; a schema registry would be another coder and change nothing else.
 *
 * <p>The body is not left to Flink's own schema around such a coder: that one reads from a stream,
 * which allocates whatever length hostile bytes claim, and keeps what a broken record has left over
 * for the next one to begin with.
 *
 * @param <A> the record
 */
final class WireForm<A extends SpecificRecord> implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int INITIAL_BUFFER_BYTES = 512;

    /** What is made on the machine where records are read or written. */
    private record Parts<A extends SpecificRecord>(SchemaCoder coder, AvroCodec<A> codec) {}

    private final Class<A> recordClass;
    private final SchemaCoderProvider coders;
    private transient @Nullable Parts<A> parts;

    private WireForm(Class<A> recordClass, SchemaCoderProvider coders) {
        this.recordClass = recordClass;
        this.coders = coders;
    }

    /** Avro's single-object encoding, with the schemas that are shipped. */
    static <A extends SpecificRecord> WireForm<A> of(Class<A> recordClass) {
        return of(recordClass, ShippedSchemas.of(recordClass));
    }

    /** The form in which a coder names schemas. */
    static <A extends SpecificRecord> WireForm<A> of(
            Class<A> recordClass, SchemaCoderProvider coders) {
        return new WireForm<>(recordClass, coders);
    }

    /**
     * Reads a record.
     *
     * @throws IOException if the bytes are anything else; a {@link
     *     io.sluice.schemas.DecodeException} says what is wrong with them
     */
    A read(byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        Schema writerSchema = parts().coder().readSchema(in);
        return parts().codec().decodeBody(writerSchema, bytes, bytes.length - in.available());
    }

    /**
     * Writes a record.
     *
     * @throws IllegalArgumentException if it breaks its schema
     */
    byte[] write(A record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_BUFFER_BYTES);
        AvroCodec<A> codec = parts().codec();
        try {
            parts().coder().writeSchema(codec.schemas().current(), out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot name the schema of " + recordClass, e);
        }
        codec.encodeBody(record, out);
        return out.toByteArray();
    }

    private Parts<A> parts() {
        if (parts == null) {
            parts = new Parts<>(coders.get(), AvroCodec.of(recordClass));
        }
        return parts;
    }
}
