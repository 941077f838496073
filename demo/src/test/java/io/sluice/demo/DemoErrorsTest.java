package io.sluice.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A demo that cannot run says why, in one line, and leaves nothing behind. */
class DemoErrorsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--policy=lifo | unknown ordering policy 'lifo'",
                "--routing=nearest | least-outstanding",
                "--fairness=equal | unknown fairness policy 'equal'; choose one of drr, none, vtc",
                "--admission=limits:max-requests=0 | admission policy 'limits': max-requests:",
                "--preemption=always:now=1 | preemption policy 'always': unknown parameter 'now=1'; it takes none",
                "--batching=huge | unknown batching policy 'huge'; choose one of",
                "--policy=mlfq | choose preemption always or total-wait, or another order",
                "--instances=A5000_7B | A5000_7B",
                "--requests=0 | --requests must be at least 1, not 0",
                "--speedup=0 | speedup",
                "--set=sluice.scheduler.dedup-windows=5s | did you mean sluice.scheduler.dedup-window?",
                "--prot=1 | Unknown option: '--prot=1'"
            })
    void namesTheOptionThatMakesNoSense(String option, String why) {
        assertThat(run(option)).isEqualTo(2);

        assertThat(err.toString()).contains(why);
        assertNothingWasStarted();
    }

    @Test
    void namesTheTraceThatIsNotThere() {
        assertThat(run("--trace=no-such-file.csv")).isNotZero();

        assertOneLine("no-such-file.csv");
        assertNothingWasStarted();
    }

    @Test
    void namesTheTraceThatHoldsNothing(@TempDir Path folder) throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.csv"));

        assertThat(run("--trace=" + empty)).isNotZero();

        assertOneLine("empty.csv");
        assertNothingWasStarted();
    }

    @Test
    void namesTheFirstBadRowWhereNoneIsAllowed(@TempDir Path folder) throws Exception {
        Path bad =
                Files.writeString(
                        folder.resolve("bad.csv"),
                        "num_prefill_tokens,num_decode_tokens\n-1,5\n10,5\n");

        assertThat(run("--strict", "--trace=" + bad)).isEqualTo(1);

        assertOneLine("bad.csv, line 2: negative length: prompt tokens -1 (strict: stopped)");
        assertNothingWasStarted();
    }

    @Test
    void namesTheReportThatCannotBeWritten() {
        assertThat(run("--report=/no/such/folder/r.json")).isEqualTo(1);

        assertOneLine("/no/such/folder/r.json");
        assertNothingWasStarted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--web-port"})
    void namesThePortThatIsInUse(String option) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(run("--requests=1", option + "=" + port)).isEqualTo(1);

            assertOneLine("localhost:" + port, "in use");
        }
    }

    private int run(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "demo";
        arguments[1] = "--headless";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return SluiceDemo.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void assertOneLine(String... parts) {
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("sluice: ").contains(parts);
    }

    private void assertNothingWasStarted() {
        assertThat(out.toString()).doesNotContain("starting");
    }
}
