package io.sluice.apps.simulate.reproduce;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reference numbers of one kind.
 *
 * @param name what it is called on a command line
 * @param title what it is about
 * @param source where the numbers come from
 * @param calls how they are simulated
 */
record ReferenceTable(String name, String title, String source, List<Call> calls) {

    /**
     * A call of {@code simulate} and the numbers to compare it with.
     *
     * @param options of the call, without {@code --policy}
     * @param rows the numbers
     */
    record Call(String options, List<Row> rows) {}

    /**
     * A number.
     *
     * @param policy under which policy; two with {@code " / "} between them for the ratio of the
     *     first to the second
     * @param figure which figure of a report
     * @param reference the number as it was printed; null if there is none to compare with
     * @param expected as {@link Expectation#parse} reads it
     */
    record Row(String policy, String figure, @Nullable String reference, String expected) {}

    private static final String RESOURCE = "references.json";

    private record All(List<ReferenceTable> tables) {}

    /** All tables, in the order in which they are shown. */
    static List<ReferenceTable> all() {
        try (InputStream in = ReferenceTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks its resource " + RESOURCE);
            }
            return new ObjectMapper().readValue(in, All.class).tables();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }
}
