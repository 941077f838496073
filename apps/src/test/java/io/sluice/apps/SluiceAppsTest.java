package io.sluice.apps;

import io.sluice.apps.cli.Console;
import io.sluice.schemas.Topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class SluiceAppsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "worker --instance-id x --simulate H100 | no engine profile \"H100\"; choose one of A100_4B",
                "worker --instance-id x --simulate A5000_7B | its weights take 28.00 GiB, but of the GPU's 24.00 GiB",
                "worker --simulate A100_7B | '--instance-id=ID'",
                "worker --instance-id x --simulate A100_7B --speedup 0 | speedup is 0.0, must be above 0",
                "worker --instance-id x --simulate A100_7B --fail-rate 2 | fail rate must be from 0 to 1",
                "worker --instance-id x --simulate A100_7B --batch 0 | maxSequences must be at least 1",
                "worker --instance-id x --simulate A100_7B --lease 1s | at least two heartbeats",
                "worker --instance-id x --simulate A100_7B --lease five | 'five' is not a duration such as 500ms",
                "worker --instance-id x --simulate A100_7B --topic-prefix ä | topic prefix 'ä' has a character",
                "topics | Missing required subcommand",
                "topics create --partitions nothing=3 | there is no topic 'nothing'; choose one of requests",
                "topics create --partitions config=2 | 'config' has 1 partition, because its records have one order",
                "topics check --partitions requests=0 | needs at least 1 partition",
                "topics describe --topic-prefix a/b | topic prefix 'a/b'",
                "topics acls nobody --principal User:x | there is no component 'nobody'; choose one of scheduler-job, sla-job,",
                "topics acls worker --principal x | --principal 'x' is not of the form TYPE:NAME",
                "tail | 'TOPIC'",
                "tail nothing | there is no topic 'nothing'; choose one of requests",
                "control policy | name at least one of --policy, --fairness",
                "control policy --policy lifo | unknown ordering policy 'lifo'; choose one of classification,",
                "control policy --routing nearest | choose one of least-outstanding, round-robin",
                "control policy --policy k-lpm:k=0 | '0' is not a whole number from 1",
                "control drain | 'INSTANCE'",
                "control cancel | 'REQUEST_ID'",
                "page --control-token-file /absent/token | of --control-token-file",
                "page --port 70000 | the port of the page must be from 0 to 65535, is 70000",
                "page --bind 0.0.0.0 | --bind 0.0.0.0 lets other machines in",
                "page --bind 192.0.2.1 | '192.0.2.1' is not",
                "alerts | Missing required argument (specify one of these)",
                "alerts --webhook ftp://x/y | --webhook ftp://x/y is no address such as https://host/path",
                "alerts --webhook http://x --header-file /absent/h | cannot read --header-file /absent/h",
                "alerts --alertmanager http://x --severity unknown | --severity is page or ticket",
                "spans --otlp localhost | --otlp localhost is no address such as https://host/path",
                "spans --longest-wait 0s | --longest-wait must be longer than nothing",
                "page --token-file /absent/token | cannot read the token from /absent/token",
                "tail outcomes --from middle | 'middle' is neither beginning nor end nor an offset",
                "tail outcomes --max 0 | --max must be at least 1",
                "tail outcomes --folow | did you mean --follow",
                "explain | 'REQUEST_ID'",
                "explain r --patience 0s | --patience must be above 0",
                "explain r --within yesterday | 'yesterday' is not a duration such as 500ms",
                "audit --lease 0s | --lease must be longer than nothing",
                "redrive outcomes | no dead letters of 'outcomes' can be sent again; choose one of requests, control",
                "redrive requests --since 0s | --since must be longer than nothing",
                "nothing | nothing",
            })
    void aWrongCallIsOneLineAndExitCodeTwo(String arguments, String why) {
        Console console = Console.run(arguments.split(" "));

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.out()).isEmpty();
        assertThat(console.err())
                .singleElement()
                .asString()
                .startsWith("sluice: ")
                .contains(why)
                .contains("--help describes the options");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "worker --simulate A100_7B --instance-id x --ledger-dir %s",
                "topics create",
                "topics check",
                "tail outcomes",
                "explain r",
                "audit",
                "redrive requests",
                "control policy --policy sjf",
                "control drain gpu-1",
                "control cancel r --tenant acme"
            })
    void aBrokerThatIsNotThereIsOneLineAndExitCodeOne(String arguments, @TempDir Path folder) {
        String line =
                arguments.formatted(folder)
                        + " --bootstrap-servers localhost:1"
                        + " --client-property default.api.timeout.ms=300"
                        + " --client-property request.timeout.ms=200";
        Console console = Console.run(line.split(" "));

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.out()).isEmpty();
        assertThat(console.err())
                .containsExactly(
                        "sluice: no Kafka broker answers on localhost:1; start one, or say where it is with --bootstrap-servers");
    }

    @Test
    void stackTracesComeOnlyWhenAskedFor() {
        Console console =
                Console.run(
                        "topics", "create", "--debug", "--client-property", "security.protocol=X");

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.err()).hasSizeGreaterThan(2);
        assertThat(console.err()).last().asString().startsWith("sluice: wrong property");
    }

    @Test
    void namesTheFileOfPropertiesThatCannotBeRead() {
        Console console = Console.run("tail", "outcomes", "--client-config", "/no/such.properties");

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.err())
                .singleElement()
                .asString()
                .contains("cannot read --client-config /no/such.properties");
    }

    @Test
    void saysItsVersion() {
        for (String[] call : new String[][] {{"version"}, {"--version"}}) {
            Console console = Console.run(call);
            assertThat(console.code()).isZero();
            assertThat(console.out()).singleElement().asString().startsWith("sluice ");
        }
    }

    @Test
    void describesTheTopicsInAlignedColumns() {
        Console console = Console.run("topics", "describe", "--topic-prefix", "test.");

        assertThat(console.code()).isZero();
        assertThat(console.out()).hasSize(1 + Topic.values().length);
        int column = console.out().get(0).indexOf("Value");
        assertThat(console.out().get(1)).startsWith("test.requests");
        assertThat(console.out().get(1).substring(column)).startsWith("InferenceRequest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "worker",
                "chaos",
                "topics",
                "topics create",
                "topics check",
                "tail",
                "explain",
                "page",
                "alerts",
                "spans",
                "control",
                "control objective",
                "sla",
                "sla verify",
                "audit",
                "redrive"
            })
    void everyCommandDescribesItself(String command) {
        Console console = Console.run((command + " --help").trim().split(" "));

        assertThat(console.code()).isZero();
        assertThat(console.err()).isEmpty();
        assertThat(console.out().get(0)).startsWith(("Usage: sluice " + command).trim());
        assertThat(console.out()).allMatch(line -> line.length() <= 100);
    }
}
