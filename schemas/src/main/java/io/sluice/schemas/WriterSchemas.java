package io.sluice.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The schemas with which records of one kind may have been written, by fingerprint: the current one
 * and all that were released before. With {@link #readSchema} and {@link #writeSchema} it is all
 * that a schema coder of a stream framework needs.
 *
 * <p>Immutable and safe for use by several threads. Not serializable: build one where it is used.
 */
public final class WriterSchemas {
    static {
        // Whoever reads records by these schemas makes them through Avro.
        TrustedRecords.register();
    }

    private final Schema current;
    private final byte[] currentHeader;
    private final Map<Long, Schema> byFingerprint;

    private WriterSchemas(Schema current, Map<Long, Schema> byFingerprint) {
        this.current = current;
        this.currentHeader = header(current);
        this.byFingerprint = byFingerprint;
    }

    /** The schemas of a record, from this class and the shipped history. */
    public static WriterSchemas of(Class<? extends SpecificRecord> record) {
        return of(record, SchemaHistory.shipped());
    }

    static WriterSchemas of(Class<? extends SpecificRecord> record, SchemaHistory history) {
        Schema current = SpecificData.getForClass(record).getSchema(record);
        Map<Long, Schema> schemas = new HashMap<>();
        for (Schema released : history.versions(current.getName())) {
            schemas.put(SingleObject.fingerprint(released), released);
        }
        schemas.put(SingleObject.fingerprint(current), current);
        return new WriterSchemas(current, Map.copyOf(schemas));
    }

    /** The schema that records are written with today. */
    public Schema current() {
        return current;
    }

    /** All schemas that can be read. */
    public Collection<Schema> all() {
        return byFingerprint.values();
    }

    /** The schema with this CRC-64-AVRO fingerprint, if it is a known version of the record. */
    public Optional<Schema> find(long fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    /**
     * Reads the header of a record and leaves the stream at its body.
     *
     * @return the schema the body was written with
     * @throws DecodeException if the header is too short, has another marker, or names a schema
     *     that is not known
     * @throws IOException if the stream fails
     */
    public Schema readSchema(InputStream in) throws IOException {
        return named(in.readNBytes(SingleObject.HEADER_BYTES));
    }

    /** The schema that the header at the beginning of these bytes names. */
    Schema named(byte[] bytes) throws DecodeException {
        long fingerprint = SingleObject.readFingerprint(bytes);
        return find(fingerprint)
                .orElseThrow(() -> DecodeException.unknownSchema(fingerprint, current.getName()));
    }

    /** The header that names the current schema. */
    byte[] currentHeader() {
        return currentHeader;
    }

    /**
     * Writes the header that names a schema; the body follows.
     *
     * @throws IOException if the stream fails
     */
    public void writeSchema(Schema schema, OutputStream out) throws IOException {
        // A fingerprint takes longer than the rest of a small record.
        out.write(schema.equals(current) ? currentHeader : header(schema));
    }

    private static byte[] header(Schema schema) {
        return SingleObject.header(SingleObject.fingerprint(schema));
    }
}
