package io.sluice.apps.chaos;

import io.sluice.apps.cli.Console;
import io.sluice.sim.protocol.Fault;
import io.sluice.sim.protocol.Rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

final class ChaosCommandTest {

    /** A seed that breaks a promise without the rule, see the table of --rules. */
    private static final String WITHOUT_TRANSACTIONS = "chaos --simulated --seeds 5 --threads 2 ";

    @TempDir private Path folder;

    private Console run(String line) {
        return Console.run((line + " --save " + folder).split(" "));
    }

    @Test
    void keptPromisesAreCountedAndExitWithZero() throws Exception {
        Path report = folder.resolve("report.json");
        Console console = run("chaos --simulated --seeds 60 --threads 2 --report " + report);

        assertThat(console.code()).isZero();
        assertThat(console.err()).isEmpty();
        assertThat(console.out().get(0)).startsWith("60 seeds from 0, 2 at a time: ");
        assertThat(console.out()).contains("seeds that break a promise               0");
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.get("seeds").asLong()).isEqualTo(60);
        assertThat(json.get("seeds_per_s").asDouble()).isPositive();
        assertThat(json.get("submitted").asLong()).isGreaterThan(300);
        assertThat(json.get("outcomes")).isEqualTo(json.get("submitted"));
        assertThat(json.get("lost").asLong()).isZero();
        assertThat(json.get("duplicate_outcomes").asLong()).isZero();
        assertThat(json.get("job_crashes").asLong()).isGreaterThan(60);
        assertThat(json.get("faults").get("job_crash")).isEqualTo(json.get("job_crashes"));
        assertThat(json.get("faults")).hasSize(Fault.values().length);
        assertThat(json.get("broken_seeds")).isEmpty();
        assertThat(json.get("rules")).isEmpty();
    }

    @Test
    void theNumbersDoNotDependOnTheThreads() {
        List<String> one = run("chaos --simulated --seeds 40 --first-seed 7 --threads 1").out();
        List<String> three = run("chaos --simulated --seeds 40 --first-seed 7 --threads 3").out();

        assertThat(three.subList(1, three.size())).isEqualTo(one.subList(1, one.size()));
    }

    @Test
    void aBrokenPromiseIsKeptInAFileThatShowsItAgain() throws Exception {
        Console console = run(WITHOUT_TRANSACTIONS + "--without transactions");

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.out()).anyMatch(line -> line.contains("breaks a promise;"));
        String replay = console.out().get(console.out().size() - 1);
        assertThat(replay)
                .startsWith("see what happens: sluice chaos --simulated --replay " + folder);
        Path file = Path.of(replay.substring(replay.lastIndexOf(' ') + 1));
        assertThat(Files.readString(file)).contains("without transactions");

        Console again = Console.run("chaos", "--simulated", "--replay", file.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).anyMatch(line -> line.contains("job crashes"));
        String last = again.out().get(again.out().size() - 1);
        assertThat(last).startsWith("the law: ");
        assertThat(console.out()).contains("  " + last);

        String kept = Files.readString(file).replace("without transactions\n", "");
        Files.writeString(file, kept);
        assertThat(Console.run("chaos", "--simulated", "--replay", file.toString()).code())
                .isZero();
    }

    @Test
    void everyRuleIsMissed() throws Exception {
        Path report = folder.resolve("rules.json");
        Console console = run("chaos --simulated --seeds 0 --rules --report " + report);

        assertThat(console.code()).isZero();
        JsonNode rules = new ObjectMapper().readTree(report.toFile()).get("rules");
        assertThat(rules).hasSize(Rule.values().length);
        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.get("first_seed").asLong()).isLessThan(1_000));
        assertThat(console.out())
                .anyMatch(line -> line.matches("log-time-lease +10 +the law +\\d+"));
    }

    @Test
    void aFileThatIsNoScenarioIsOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("s"), "sluice chaos scenario 1\n5 boom\n");
        Console console = Console.run("chaos", "--simulated", "--replay", file.toString());

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.err())
                .containsExactly("sluice: --replay " + file + ": line 2: nothing is called 'boom'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chaos | faults on a cluster come with the jar of the demo",
                "chaos --simulated --seeds 0 | --seeds is 0, must be 1 or more",
                "chaos --simulated --threads 0 | --threads is 0, must be 1 or more",
                "chaos --simulated --without nothing | choose one of tenant-scoped-ids,",
                "chaos --simulated --replay f --rules | leave out --rules",
                "chaos --simulated --report /no/such/file | there is no folder /no/such",
            })
    void aWrongCallIsOneLineAndExitCodeTwo(String line, String why) {
        Console console = Console.run(line.split(" "));

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).singleElement().asString().contains(why);
    }
}
