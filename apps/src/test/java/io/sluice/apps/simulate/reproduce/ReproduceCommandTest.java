package io.sluice.apps.simulate.reproduce;

import io.sluice.apps.SluiceApps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReproduceCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int reproduce(String... arguments) {
        CommandLine line = SluiceApps.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = new String[arguments.length + 1];
        all[0] = "reproduce";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sequential",
                "sequential-errors",
                "sequential-predictors",
                "sequential-references",
                "fair"
            })
    void theNumbersOfATableAreThere(String table) {
        assertThat(reproduce(table)).as(out.toString()).isZero();
        assertThat(out.toString()).contains("All as expected.").doesNotContain("MISSED");
    }

    @Test
    void everyCallOfEveryTableCanBeMadeAndEveryExpectationRead() {
        for (ReferenceTable table : ReferenceTable.all()) {
            for (ReferenceTable.Call call : table.calls()) {
                assertThatCode(() -> Reproduction.studyCall(call).check())
                        .as(call.options())
                        .doesNotThrowAnyException();
                call.rows().forEach(row -> Expectation.parse(row.expected()));
            }
        }
    }

    @Test
    void aTableIsWrittenAsAPage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        assertThat(reproduce("sequential-references", "--calls", "--markdown", page.toString()))
                .isZero();
        assertThat(out.toString()).contains("./sluice simulate --workload semantic");
        assertThat(Files.readString(page))
                .startsWith("## Plain orders")
                .contains("| fcfs | total_s | 2418 |");
    }

    @Test
    void anUnknownTableIsNamedWithTheChoices() {
        assertThat(reproduce("sequentiel")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown table 'sequentiel'").contains("k-lpm");
    }

    @Test
    void aWrongCallIsNamedBeforeAnythingRuns() {
        assertThat(reproduce("sequential", "--threads", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--threads is 0, must be 1 or more");
        assertThat(reproduce("sequential", "--markdown", "none/page.md")).isEqualTo(2);
        assertThat(err.toString()).contains("cannot write --markdown none/page.md");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "digits, 2.50, 2.504, true",
        "digits, 2.50, 2.506, false",
        "digits, 330, 330.4, true",
        "3 %, 100, 97.1, true",
        "3 %, 100, 96.9, false",
        "at least, 3, 3.0, true",
        "at least, 3, 2.9, false",
        "at most, 1.3, 1.31, false",
        "shown, 1, 9, true",
    })
    void anExpectationIsMetOrNot(String expectation, String reference, double ours, boolean met) {
        assertThat(Expectation.parse(expectation).isMet(reference, ours)).isEqualTo(met);
    }

    @Test
    void whatIsNoExpectationIsRefused() {
        assertThatThrownBy(() -> Expectation.parse("about")).hasMessageContaining("'about'");
    }
}
