package io.sluice.schemas;

import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The wire form of one kind of record: Avro's single-object encoding. Writes with the current
 * schema; reads what was written with any released one.
 *
 * <p>Bytes may come from anyone. Decoding either returns a record or throws a {@link
 * DecodeException}, and what it allocates is bounded by a small multiple of the bytes given: a
 * length they only claim is compared with the bytes left before anything is allocated for it.
 *
 * <p>Safe for use by several threads. Not serializable: build one where it is used.
 *
 * @param <T> the record
 */
public final class AvroCodec<T extends SpecificRecord> {
    /** Most records without a prompt fit without growing the buffer. */
    private static final int INITIAL_BUFFER_BYTES = 512;

    private final WriterSchemas schemas;
    private final SpecificData model;
    private final String name;
    private final DatumWriter<T> writer;
    private final Map<Schema, DatumReader<T>> readers = new ConcurrentHashMap<>();

    private AvroCodec(WriterSchemas schemas, SpecificData model) {
        Schema current = schemas.current();
        this.schemas = schemas;
        this.model = model;
        this.name = current.getName();
        this.writer = typed(model.createDatumWriter(current));
    }

    /** The codec of a record, which reads every version shipped. */
    public static <T extends SpecificRecord> AvroCodec<T> of(Class<T> record) {
        return of(record, SchemaHistory.shipped());
    }

    static <T extends SpecificRecord> AvroCodec<T> of(Class<T> record, SchemaHistory history) {
        return new AvroCodec<>(WriterSchemas.of(record, history), SpecificData.getForClass(record));
    }

    /** The schemas that this codec knows. */
    public WriterSchemas schemas() {
        return schemas;
    }

    /**
     * Encodes a record.
     *
     * @return the header and the body
     * @throws IllegalArgumentException if the record breaks its schema, such as by a required field
     *     that is null
     */
    public byte[] encode(T record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_BUFFER_BYTES);
        out.writeBytes(schemas.currentHeader());
        encodeBody(record, out);
        return out.toByteArray();
    }

    /**
     * Writes a record without the header that names its schema, the {@linkplain
     * WriterSchemas#current current} one.
     *
     * @throws IllegalArgumentException if the record breaks its schema
     */
    public void encodeBody(T record, ByteArrayOutputStream out) {
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        } catch (RuntimeException e) {
            // Avro reports a misfit by whatever the misfit runs into: a cast, a null, its own.
            throw new IllegalArgumentException(
                    "%s breaks its schema: %s".formatted(name, e.getMessage()), e);
        }
    }

    /**
     * Decodes a record.
     *
     * @param bytes the header and the body, nothing more
     * @throws DecodeException if the bytes are anything else
     */
    public T decode(byte[] bytes) throws DecodeException {
        return decodeBody(schemas.named(bytes), bytes, SingleObject.HEADER_BYTES);
    }

    /**
     * Decodes a record behind a header that has been read.
     *
     * @param writerSchema what the header says that the body was written with
     * @param bytes the header and the body, nothing more
     * @param from where the body begins
     * @throws DecodeException if the body is anything else
     */
    public T decodeBody(Schema writerSchema, byte[] bytes, int from) throws DecodeException {
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null);
        T record = read(writerSchema, decoder);
        int left = decoder.remainingBytes();
        if (left > 0) {
            throw DecodeException.trailingBytes(SingleObject.fingerprint(writerSchema), name, left);
        }
        return record;
    }

    private T read(Schema writerSchema, BinaryDecoder decoder) throws DecodeException {
        try {
            return reader(writerSchema).read(null, decoder);
        } catch (EOFException e) {
            throw DecodeException.truncated(SingleObject.fingerprint(writerSchema), name, e);
        } catch (IOException | RuntimeException e) {
            // Avro has no one exception for bytes that break their schema, hence all of them.
            throw DecodeException.malformed(SingleObject.fingerprint(writerSchema), name, e);
        }
    }

    private DatumReader<T> reader(Schema writerSchema) {
        return readers.computeIfAbsent(
                writerSchema, from -> typed(model.createDatumReader(from, schemas.current())));
    }

    /** Avro's data model hands out readers and writers of anything; here they are of records. */
    @SuppressWarnings("unchecked")
    private static <R> R typed(Object readerOrWriter) {
        return (R) readerOrWriter;
    }
}
