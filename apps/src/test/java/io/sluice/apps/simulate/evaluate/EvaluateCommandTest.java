package io.sluice.apps.simulate.evaluate;

import io.sluice.apps.SluiceApps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class EvaluateCommandTest {

    private static final String SHARED_DATA = "sluice.shared.data";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int evaluate(String arguments) {
        CommandLine line = SluiceApps.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(("evaluate " + arguments).split(" "));
    }

    @Test
    void policiesAreComparedOnARealTrace(@TempDir Path folder) throws IOException {
        Path traces = Path.of(System.getProperty(SHARED_DATA, "none"), "traces");
        assumeThat(traces).as("%s names the folder of traces", SHARED_DATA).isDirectory();
        Path page = folder.resolve("page.md");
        assertThat(
                        evaluate(
                                "arena --limit 120 --bisections 1 --traces "
                                        + traces
                                        + " --out "
                                        + page))
                .as(err.toString())
                .isZero();
        List<String> rows =
                Files.readAllLines(page).stream().filter(line -> line.startsWith("| ")).toList();
        assertThat(rows).hasSize(11);
        assertThat(rows.get(1)).startsWith("| fcfs |").contains("| 1.00 |");
        assertThat(rows).anyMatch(row -> row.startsWith("| fcfs, vtc |"));
        assertThat(out.toString()).contains("LMSYS Arena");
    }

    /** Before hours of work, not after them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--threads 0         | --threads is 0, must be 1 or more",
                "--bisections 0      | --bisections is 0, must be 1 or more",
                "--limit -1          | --limit is -1, must be 0 or more",
                "--prediction guess  | unknown --prediction 'guess'; choose exact, none, recorded",
                "--out none/page.md  | cannot write --out none/page.md: there is no folder",
            })
    void aWrongCallIsNamedBeforeAnythingRuns(String arguments, String message) {
        assertThat(evaluate("arena --traces none " + arguments)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatIsMissingIsNamed(@TempDir Path empty) {
        assertThat(evaluate("arena --traces " + empty)).isEqualTo(1);
        assertThat(err.toString()).contains("arena_real_trace.csv.gz");
        assertThat(evaluate("arena2 --traces " + empty)).isEqualTo(2);
        assertThat(err.toString()).contains("choose from azure-conv");
        assertThat(evaluate("arena")).isEqualTo(2);
        assertThat(err.toString()).contains("--traces");
    }
}
