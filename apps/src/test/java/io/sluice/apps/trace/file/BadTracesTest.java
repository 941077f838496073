package io.sluice.apps.trace.file;

import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceNote;
import io.sluice.apps.trace.TraceProblem;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.file.Fixtures.Read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What a broken trace costs: the broken rows, counted; or one clear line. */
class BadTracesTest {

    @TempDir private Path folder;

    @Test
    void badCsvRowsAreCountedAndTheFirstThreeKept() {
        Read trace = Fixtures.read("bad-azure.csv");
        assertThat(trace.lengths()).containsExactly("374/44", "12/44");
        assertThat(trace.stats().rejected())
                .isEqualTo(
                        Map.of(
                                RejectReason.MALFORMED, 1L,
                                RejectReason.NEGATIVE, 1L,
                                RejectReason.UNREADABLE_VALUE, 4L,
                                RejectReason.MISSING_FIELD, 1L,
                                RejectReason.IMPLAUSIBLE, 2L));
        assertThat(trace.stats().firstProblems())
                .containsExactly(
                        new TraceProblem(4, RejectReason.MALFORMED, "3 fields expected, found 2"),
                        new TraceProblem(5, RejectReason.NEGATIVE, "prompt tokens -1"),
                        new TraceProblem(
                                6,
                                RejectReason.UNREADABLE_VALUE,
                                "arrival time 'yesterday' is not like 2023-11-16 18:15:46.6805900"));
        assertThat(trace.request(1).sourceLine()).isEqualTo(12);
    }

    @Test
    void badJsonLinesCostThemselvesOnly() {
        Read trace = Fixtures.read("bad-mooncake.jsonl");
        assertThat(trace.requests()).hasSize(3);
        assertThat(trace.stats().rejected())
                .isEqualTo(Map.of(RejectReason.MALFORMED, 3L, RejectReason.MISSING_FIELD, 1L));
        assertThat(trace.stats().firstProblems())
                .extracting(TraceProblem::line)
                .containsExactly(2L, 4L, 5L);
        assertThat(trace.stats().count(TraceNote.PREFIX_DROPPED)).isEqualTo(1);
    }

    @Test
    void strictStopsAtTheFirst() {
        TraceOptions strict = TraceOptions.defaults().withStrict(true);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Fixtures.read(Fixtures.file("bad-azure.csv"), strict))
                .withMessageContaining(
                        "bad-azure.csv, line 4: malformed row: 3 fields expected, found 2");
    }

    @Test
    void undecodableBytesCostTheirLine() throws IOException {
        Path file = folder.resolve("bytes.jsonl");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(mooncakeLine(0));
        bytes.write("{\"timestamp\": 1, \"x\": \"".getBytes(StandardCharsets.UTF_8));
        bytes.write(new byte[] {(byte) 0xff, (byte) 0xfe, '"', '}', '\n'});
        bytes.write(mooncakeLine(2));
        Files.write(file, bytes.toByteArray());
        Read trace = Fixtures.read(file, TraceOptions.defaults());
        assertThat(trace.requests()).hasSize(2);
        assertThat(trace.stats().rowsRead()).isEqualTo(3);
        assertThat(trace.stats().firstProblems())
                .singleElement()
                .extracting(TraceProblem::line)
                .isEqualTo(2L);
        TraceOptions strict = TraceOptions.defaults().withStrict(true);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Fixtures.read(file, strict))
                .withMessageContaining("line 2: malformed row: not UTF-8 text");
    }

    @Test
    void mixedLineEndsKeepLineNumbersTrue() throws IOException {
        Path file =
                text("mixed.csv", "question_length,answer_length\n4,6\r\n\r\n7,8\n1,2\r\nx,2\n9,9");
        Read trace = Fixtures.read(file, TraceOptions.defaults());
        assertThat(trace.requests())
                .extracting(TraceRequest::sourceLine)
                .containsExactly(2L, 4L, 5L, 7L);
        assertThat(trace.stats().firstProblems())
                .extracting(TraceProblem::line)
                .containsExactly(6L);
    }

    @Test
    void anOverLongLineCostsItselfOnly() throws IOException {
        Path file = folder.resolve("long.jsonl");
        String line = new String(mooncakeLine(0), StandardCharsets.UTF_8);
        String padding = " ".repeat(TraceQuery.LONGEST_ROW_BYTES);
        String tooLong = line.replace("}", padding + "}");
        Files.writeString(file, line + tooLong + line);
        Read trace = Fixtures.read(file, TraceOptions.defaults());
        assertThat(trace.requests()).extracting(TraceRequest::sourceLine).containsExactly(1L, 3L);
        assertThat(trace.stats().firstProblems())
                .singleElement()
                .hasToString("line 2: malformed row: longer than 16777216 bytes");
    }

    @Test
    void aByteOrderMarkAndLeadingBlankLinesAreNoTrouble() throws IOException {
        Path json =
                text("bom.jsonl", "\uFEFF" + new String(mooncakeLine(0), StandardCharsets.UTF_8));
        assertThat(Fixtures.read(json, TraceOptions.defaults()).requests()).hasSize(1);
        Path csv = text("bom.csv", "\uFEFFquestion_length,answer_length\n4,6\n");
        assertThat(Fixtures.read(csv, TraceOptions.defaults()).lengths()).containsExactly("6/9");
        Path late = text("late.csv", "\n\nquestion_length,answer_length\n4,6\n\n\n");
        Read trace = Fixtures.read(late, TraceOptions.defaults());
        assertThat(trace.lengths()).containsExactly("6/9");
        assertThat(trace.stats().rowsRead()).isEqualTo(1);
    }

    @Test
    void gzipIsToldByItsBytes() throws IOException {
        Path file = folder.resolve("no-ending");
        Files.write(file, gzip(Files.readAllBytes(Fixtures.file("azure-2023.csv"))));
        assertThat(Fixtures.read(file, TraceOptions.defaults()).requests()).hasSize(3);
    }

    @Test
    void aTruncatedGzipIsAnErrorNotAShortTrace() throws IOException {
        StringBuilder rows = new StringBuilder("question_length,answer_length\n");
        for (int i = 1; i < 60_000; i++) {
            rows.append(i * 7919 % 499).append(',').append(i * 104729 % 599 + 1).append('\n');
        }
        byte[] whole = gzip(rows.toString().getBytes(StandardCharsets.UTF_8));
        Path cut = folder.resolve("cut.csv.gz");
        Files.write(cut, Arrays.copyOf(whole, whole.length - 9));
        assertFails(cut)
                .withMessageContaining("Unexpected end of GZIP stream")
                .withMessageContaining("cut.csv.gz");
        Path stump = folder.resolve("stump.csv.gz");
        Files.write(stump, Arrays.copyOf(whole, 40));
        assertFails(stump).withMessageContaining("stump.csv.gz cannot be read");
    }

    @Test
    void aTruncatedJsonArrayIsAnError() throws IOException {
        String whole = Files.readString(Fixtures.file("sharegpt.json"));
        Path file = text("cut.json", whole.substring(0, whole.length() / 2));
        assertFails(file).withMessageContaining("cut.json").withMessageContaining("Malformed JSON");
    }

    @Test
    void pathsWithPatternCharactersAreTakenLiterally() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("it's [1] *"));
        Path file = Files.copy(Fixtures.file("azure-2023.csv"), odd.resolve("a?[b].csv"));
        assertThat(Fixtures.read(file, TraceOptions.defaults()).requests()).hasSize(3);
    }

    @Test
    void filesThatAreNoTraceAreNamedWithTheChoices() throws IOException {
        assertFails(folder.resolve("missing.csv")).withMessageContaining("does not exist");
        assertFails(folder).withMessageContaining("is a directory");
        assertFails(text("empty.csv", "")).withMessageContaining("empty");
        assertFails(text("blank.csv", "\n \n")).withMessageContaining("empty");
        assertFails(text("header.csv", "question_length,answer_length\n"))
                .withMessageContaining("empty");
        assertFails(text("array.json", "[]")).withMessageContaining("array.json");
        assertFails(text("odd.csv", "a,b\n1,2\n"))
                .withMessageContaining("the columns a, b")
                .withMessageContaining("auto, azure, splitwise");
        assertFails(text("archive.zip", "PK\u0003\u0004 and so on"))
                .withMessageContaining("zip archive");
        assertFails(text("cut.parquet", "PAR1 and nothing else"))
                .withMessageContaining("cut.parquet");
    }

    @Test
    void anUnreadableFileSaysSo() throws IOException {
        Path file = text("secret.csv", "question_length,answer_length\n4,6\n");
        assertThat(file.toFile().setReadable(false)).isTrue();
        assumeFalse(Files.isReadable(file), "this user reads everything");
        assertFails(file).withMessageContaining("permissions");
    }

    @Test
    void whatCannotBeReadSaysSoToAnyUser() throws IOException {
        Path astray = folder.resolve("astray.csv");
        Files.createSymbolicLink(astray, folder.resolve("gone.csv"));
        assertFails(astray).withMessageContaining("astray.csv does not exist; check the path");
        Path circle = folder.resolve("circle.csv");
        Files.createSymbolicLink(circle, circle);
        assertFails(circle).withMessageContaining("circle.csv does not exist; check the path");
        Path directory = Files.createDirectory(folder.resolve("directory.csv"));
        Path linked = Files.createSymbolicLink(folder.resolve("linked.csv"), directory);
        assertFails(linked).withMessageContaining("linked.csv is a directory; name one file in it");
        Path there = Files.copy(Fixtures.file("azure-2023.csv"), folder.resolve("there.csv"));
        Path good = Files.createSymbolicLink(folder.resolve("good.csv"), there);
        assertThat(Fixtures.read(good, TraceOptions.defaults()).requests()).hasSize(3);
    }

    @Test
    void aForcedFormatSaysWhatIsMissing() {
        TraceOptions forced = TraceOptions.defaults().withFormat(TraceFormat.MOONCAKE);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> FileTrace.open(Fixtures.file("azure-2023.csv"), forced))
                .withMessageContaining(
                        "is not of format mooncake: it has no timestamp, input_length, output_length");
    }

    @Test
    void anUnknownFormatNamesTheChoices() {
        assertThat(TraceFormat.parse("auto")).isEmpty();
        assertThat(TraceFormat.parse("Timed-Prompts")).contains(TraceFormat.TIMED_PROMPTS);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceFormat.parse("azur"))
                .withMessageStartingWith("unknown trace format 'azur'; choose one of auto, azure,");
    }

    @Test
    void aTraceOfBadRowsOnlyIsAnError() throws IOException {
        assertFails(text("bad.csv", "question_length,answer_length\nx,y\n0,1\n"))
                .withMessageContaining("none of the 2 rows")
                .withMessageContaining("line 2: unreadable value");
    }

    @Test
    void aLimitStopsReading() {
        TraceOptions two = TraceOptions.defaults().withLimit(2);
        Read trace = Fixtures.read(Fixtures.file("burstgpt-1.csv"), two);
        assertThat(trace.requests()).hasSize(2);
        assertThat(trace.stats().rowsRead()).isEqualTo(2);
    }

    private org.assertj.core.api.ThrowableAssertAlternative<TraceException> assertFails(Path file) {
        return assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Fixtures.read(file, TraceOptions.defaults()));
    }

    private Path text(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static byte[] mooncakeLine(int millis) {
        return ("{\"timestamp\": " + millis + ", \"input_length\": 12, \"output_length\": 3}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
