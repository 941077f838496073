package io.sluice.apps.replay;

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

import static org.assertj.core.api.Assertions.assertThat;

/** What is said when a replay cannot start. That it runs is tested with a real broker. */
class ReplayCommandTest {

    private static final String USELESS_BROKER = "--bootstrap-servers=localhost:1";

    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = SluiceApps.commandLine();
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private void assertOneLine(String... parts) {
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("sluice: ").contains(parts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replay | give either --trace FILE or --synthetic",
                "replay --synthetic --trace t.csv | give either --trace FILE or --synthetic",
                "replay --trace t.csv --format nonsense | unknown trace format 'nonsense'; choose one of auto",
                "replay --trace t.csv --limit 0 | limit must be at least 1, not 0",
                "replay --synthetic --arrivals sometimes | unknown arrivals 'sometimes'; choose one of auto",
                "replay --synthetic --speedup 0 | speedup must be above 0",
                "replay --synthetic --priority-mix P0=2 | '2' is not a share",
                "replay --synthetic --slo P0 | is not CLASS:TARGET=TIME",
                "replay --synthetic --max-tokens few | max tokens 'few'",
                "replay --synthetic --predict maybe | expected one of [NONE, EXACT, RECORDED]",
                "replay --synthetic --run-id a.b | run id 'a.b' must be",
                "replay --synthetic --duplicates 2 | duplicates must be from 0 to 1",
                "replay --synthetic --cancels -1 | cancels must be from 0 to 1",
                "replay --synthetic --inline-limit -1 | inline limit must not be negative",
                "replay --synthetic --spedup 2 | did you mean --speedup?",
            })
    void aWrongCallIsOneLineAndExitCodeTwo(String arguments, String why) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertOneLine(why, "sluice replay --help describes the options");
    }

    @Test
    void namesATraceThatIsNotThereOrNotOne(@TempDir Path folder) throws IOException {
        assertThat(run("replay", "--trace", folder + "/none.csv", USELESS_BROKER)).isEqualTo(1);
        assertOneLine("none.csv", "does not exist");

        err.getBuffer().setLength(0);
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");
        assertThat(run("replay", "--trace", empty.toString(), USELESS_BROKER)).isEqualTo(1);
        assertOneLine("empty.csv", "is empty");

        err.getBuffer().setLength(0);
        Path strange = Files.writeString(folder.resolve("strange.csv"), "a,b\n1,2\n");
        assertThat(run("replay", "--trace", strange.toString(), USELESS_BROKER)).isEqualTo(1);
        assertOneLine("strange.csv", "a, b");
    }

    @Test
    void namesARateThatIsNone() {
        assertThat(run("replay", "--synthetic", "--rate=-5", USELESS_BROKER)).isEqualTo(1);
        assertOneLine("rate above 0");
    }

    @Test
    void namesABrokerThatIsNotThere() {
        assertThat(
                        run(
                                "replay",
                                "--synthetic",
                                USELESS_BROKER,
                                "--client-property=default.api.timeout.ms=300",
                                "--client-property=request.timeout.ms=200"))
                .isEqualTo(1);
        assertOneLine("no Kafka broker answers on localhost:1");
    }

    @Test
    void namesAReportThatCannotBeWrittenBeforeTheReplayBegins(@TempDir Path folder) {
        String report = folder.resolve("none/report.json").toString();

        assertThat(run("replay", "--synthetic", "--report", report, USELESS_BROKER)).isEqualTo(1);
        assertOneLine("cannot write --report " + report);
    }

    @Test
    void saysWhoseSpeedupIsWhose() {
        StringWriter out = new StringWriter();
        CommandLine line = SluiceApps.commandLine();
        line.setOut(new PrintWriter(out));

        assertThat(line.execute("replay", "--help")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("divided by the worker's own --speedup");
        assertThat(out.toString().lines()).allMatch(text -> text.length() <= 100);
    }
}
