package io.sluice.apps.trace.file;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceStats;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a file holds: every line that is not blank is accepted or rejected, once, in order. */
class AccountingPropertyTest {

    @Property(tries = 60)
    void everyCsvLineIsAccountedFor(@ForAll("csvLines") List<byte[]> lines) throws IOException {
        assertAccounted("question_length,answer_length\n", lines);
    }

    @Property(tries = 60)
    void everyJsonLineIsAccountedFor(@ForAll("jsonLines") List<byte[]> lines) throws IOException {
        assertAccounted("{\"timestamp\": 0, \"input_length\": 12, \"output_length\": 3}\n", lines);
    }

    @Provide
    Arbitrary<List<byte[]>> csvLines() {
        return lines(
                "4,6", "4,6\r", "0,6", "x,6", "4", "4,6,8", "\"4\",\"6\"", "\"4,6", ",", "  ", "");
    }

    @Provide
    Arbitrary<List<byte[]>> jsonLines() {
        return lines(
                "{\"timestamp\": 5, \"input_length\": 12, \"output_length\": 3}",
                "{\"timestamp\": 4, \"input_length\": 1e9, \"output_length\": 3}\r",
                "{\"timestamp\": \"x\", \"input_length\": 12, \"output_length\": 3}",
                "{}",
                "{\"timestamp\": ",
                "[]",
                "null",
                "\u00e9\u4e2d",
                " ",
                "");
    }

    private static Arbitrary<List<byte[]>> lines(String... lines) {
        Arbitrary<byte[]> text = Arbitraries.of(lines).map(l -> l.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> bytes =
                Arbitraries.of(new byte[] {'4', ',', (byte) 0xc3}, new byte[] {(byte) 0xff});
        return Arbitraries.frequencyOf(Tuple.of(9, text), Tuple.of(1, bytes)).list().ofMaxSize(30);
    }

    private static void assertAccounted(String first, List<byte[]> lines) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(first.getBytes(StandardCharsets.UTF_8));
        for (byte[] line : lines) {
            content.write(line);
            content.write('\n');
        }
        long expected =
                lines.stream()
                        .filter(l -> !new String(l, StandardCharsets.ISO_8859_1).isBlank())
                        .count();
        Path file = Files.createTempFile("accounting", ".trace");
        try {
            Files.write(file, content.toByteArray());
            assertThat(rowsRead(file, first.startsWith("{") ? expected + 1 : expected))
                    .isEqualTo(first.startsWith("{") ? expected + 1 : expected);
        } finally {
            Files.delete(file);
        }
    }

    /**
     * A file of which nothing can be used is an error by design, and that error names the count.
     */
    private static long rowsRead(Path file, long expected) {
        try (FileTrace trace = FileTrace.open(file, TraceOptions.defaults())) {
            try {
                trace.forEachRemaining(r -> assertThat(r.sequence()).isLessThan(expected));
            } catch (TraceException e) {
                assertThat(e).hasMessageMatching("(?s)(none of the .*|.*holds no requests)");
            }
            TraceStats stats = trace.stats();
            return stats.rowsRead();
        }
    }
}
