package io.sluice.audit;

import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The schemas that were published, every version of each. */
final class Schemas {

    private static final String FOLDER = "history/";

    private Schemas() {}

    /**
     * Reads records of one kind in Avro's single-object encoding, whichever version wrote them.
     *
     * @param record name of the kind, such as {@code WorkerEvent}
     */
    static RecordDecoder decoder(String record) {
        return new RecordDecoder(versions(record));
    }

    static Schema newest(String record) {
        return newest(versions(record));
    }

    private static Schema newest(List<Schema> versions) {
        return versions.get(versions.size() - 1);
    }

    private static List<Schema> versions(String record) {
        List<Schema> versions = new ArrayList<>();
        while (true) {
            String file = "%s%s/%d.avsc".formatted(FOLDER, record, versions.size() + 1);
            try (InputStream text = Schemas.class.getResourceAsStream(file)) {
                if (text == null) {
                    break;
                }
                versions.add(
                        new SchemaParser()
                                .parse(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                                .mainSchema());
            } catch (IOException broken) {
                throw new IllegalStateException(file + " of this jar cannot be read", broken);
            }
        }
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("there is no schema of a record " + record);
        }
        return versions;
    }
}
