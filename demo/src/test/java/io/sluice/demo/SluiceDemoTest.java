package io.sluice.demo;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class SluiceDemoTest {

    private final StringWriter err = new StringWriter();

    @Test
    void reportsAFailureInOneLine() {
        assertThat(run("broker", "--port=70000")).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly("sluice: port 70000 is not one: choose 1 to 65535");
    }

    @Test
    void addsTheStackTraceWhenAsked() {
        assertThat(run("broker", "--port=70000", "--debug")).isEqualTo(1);

        assertThat(err.toString())
                .contains("BrokerStartException", "at io.sluice.demo.broker.")
                .endsWith(
                        "sluice: port 70000 is not one: choose 1 to 65535"
                                + System.lineSeparator());
    }

    @Test
    void refusesAnUnknownOption() {
        assertThat(run("broker", "--prot=1")).isEqualTo(2);

        assertThat(err.toString()).contains("Unknown option: '--prot=1'");
    }

    private int run(String... arguments) {
        return SluiceDemo.commandLine().setErr(new PrintWriter(err)).execute(arguments);
    }
}
