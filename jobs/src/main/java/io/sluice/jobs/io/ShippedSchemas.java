package io.sluice.jobs.io;

import io.sluice.schemas.WriterSchemas;

import org.apache.flink.formats.avro.SchemaCoder;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Avro's single-object header, resolved against the schemas that are shipped with the job: no
 * service has to run for a record to be read.
 *
 * @param schemas of one record
 */
record ShippedSchemas(WriterSchemas schemas) implements SchemaCoder {

    /** Coders for a record, made where they are used. */
    static SchemaCoderProvider of(Class<? extends SpecificRecord> record) {
        return () -> new ShippedSchemas(WriterSchemas.of(record));
    }

    @Override
    public Schema readSchema(InputStream in) throws IOException {
        return schemas.readSchema(in);
    }

    @Override
    public void writeSchema(Schema schema, OutputStream out) throws IOException {
        schemas.writeSchema(schema, out);
    }
}
