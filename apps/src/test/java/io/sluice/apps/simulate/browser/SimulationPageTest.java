package io.sluice.apps.simulate.browser;

import io.sluice.apps.browser.Chromium;
import io.sluice.apps.browser.Tab;
import io.sluice.apps.cli.Console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What a user sees who opens the page of a simulation in a browser without a network. */
class SimulationPageTest {

    private static final int WIDE = 1400;

    @TempDir private static Path folder;

    private static Chromium chromium;
    private static Path page;
    private static JsonNode report;

    @BeforeAll
    static void simulateAndStart() throws IOException {
        Optional<Path> program = Chromium.installed();
        assumeThat(program).as("a command chromium on the PATH").isPresent();
        page = folder.resolve("page.html");
        Path json = folder.resolve("report.json");
        String call =
                "simulate --synthetic --limit 400 --instances 1 --policy fcfs,sjf,semantic --prediction noisy:0.5"
                        + " --slo *:ttft=2s --sweep rate=4,8,16 --html %s --report %s"
                                .formatted(page, json);
        Console console = Console.run(call.split(" "));
        assertThat(console.code()).as(console.err().toString()).isZero();
        report = new ObjectMapper().readTree(json.toFile());
        chromium = Chromium.start(program.orElseThrow(), folder.resolve("profile"));
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void everyChartShowsEveryPolicy() {
        try (Tab tab = chromium.open(page, WIDE, false)) {
            JsonNode charts = tab.look().get("charts");
            assertThat(titles(charts, "latency")).containsExactlyElementsOf(classes());
            assertThat(titles(charts, "time")).containsExactly("Waiting", "At instances");
            assertThat(titles(charts, "load"))
                    .containsExactly(
                            "Targets met",
                            "P99 of the time to first token",
                            "P99 of the latency",
                            "Throughput");
            charts.forEach(SimulationPageTest::isDrawn);
        }
    }

    private static List<String> titles(JsonNode charts, String section) {
        List<String> titles = new ArrayList<>();
        for (JsonNode chart : charts) {
            if (chart.get("section").asText().equals(section)) {
                titles.add(chart.get("title").asText());
            }
        }
        return titles;
    }

    private static List<String> classes() {
        List<String> classes = new ArrayList<>();
        report.at("/summary/0/by_class").fieldNames().forEachRemaining(classes::add);
        assertThat(classes).hasSizeGreaterThan(2);
        return classes;
    }

    private static void isDrawn(JsonNode chart) {
        String title = chart.get("title").asText();
        assertThat(chart.get("width").asInt()).as(title).isGreaterThan(300);
        assertThat(chart.get("height").asInt()).as(title).isGreaterThan(200);
        List<String> names = new ArrayList<>();
        for (JsonNode series : chart.get("series")) {
            names.add(series.get("name").asText());
            assertThat(series.get("points").asInt()).as("%s: %s", title, names).isGreaterThan(50);
            assertThat(series.get("contrast").asDouble())
                    .as("%s: %s", title, names)
                    .isGreaterThanOrEqualTo(3);
        }
        assertThat(names).as(title).containsExactly("fcfs", "sjf", "semantic");
    }

    @Test
    void theTableHasTheFiguresOfTheReport() {
        try (Tab tab = chromium.open(page, WIDE, false)) {
            JsonNode table = tab.look().get("table");
            assertThat(table).hasSize(1 + report.get("summary").size());
            JsonNode names = table.get(0);
            assertThat(names.get(0).asText()).isEqualTo("rate");
            assertThat(names).hasSizeGreaterThan(10);
            for (int row = 1; row < table.size(); row++) {
                JsonNode summary = report.get("summary").get(row - 1);
                for (int column = 0; column < names.size(); column++) {
                    String name = names.get(column).asText();
                    JsonNode value =
                            name.equals("rate") ? summary.at("/at/rate") : summary.get(name);
                    assertThat(table.get(row).get(column).asText())
                            .as("%s in row %d", name, row)
                            .satisfies(shown -> isTheSame(shown, value));
                }
            }
        }
    }

    /** Three digits, or to the whole number from 100 on. */
    private static void isTheSame(String shown, JsonNode value) {
        if (!value.isNumber()) {
            assertThat(shown).isEqualTo(value.isNull() ? "-" : value.asText());
            return;
        }
        BigDecimal exact = new BigDecimal(value.doubleValue());
        BigDecimal rounded =
                exact.abs().compareTo(BigDecimal.valueOf(100)) < 0
                        ? exact.round(new MathContext(3, RoundingMode.HALF_UP))
                        : exact.setScale(0, RoundingMode.HALF_UP);
        assertThat(new BigDecimal(shown)).isEqualByComparingTo(rounded);
    }

    @ParameterizedTest
    @CsvSource({"1400, light", "1400, dark", "420, light", "420, dark"})
    void itIsReadableInEitherSchemeAndOnAnyScreen(int width, String scheme) {
        try (Tab tab = chromium.open(page, width, scheme.equals("dark"))) {
            JsonNode seen = tab.look();
            assertThat(seen.get("background").asText()).isEqualTo(scheme);
            assertThat(seen.get("leastContrast").asDouble()).isGreaterThanOrEqualTo(4.5);
            assertThat(seen.get("window").asInt()).isEqualTo(width);
            assertThat(seen.get("width").asInt()).isLessThanOrEqualTo(width);
            seen.get("charts").forEach(SimulationPageTest::isDrawn);
        }
    }

    @Test
    void itAsksForNothingElseAndComplainsOfNothing() {
        try (Tab tab = chromium.open(page, WIDE, false)) {
            assertThat(tab.requests()).containsExactly(page.toUri().toString());
            assertThat(tab.complaints()).isEmpty();
            assertThat(tab.look().get("ready").asText()).isEqualTo("yes");
        }
    }

    /** Without this, the test above could be one that cannot fail. */
    @Test
    void aPageThatDoesEitherIsNoticed() throws IOException {
        Path other = folder.resolve("other.html");
        String picture = "https://example.org/picture.png";
        Files.writeString(other, "<img src='%s'><script>missing()</script>".formatted(picture));
        try (Tab tab = chromium.open(other, WIDE, false)) {
            assertThat(tab.requests()).containsExactly(other.toUri().toString(), picture);
            assertThat(tab.complaints())
                    .anyMatch(complaint -> complaint.contains("missing is not defined"))
                    .anyMatch(complaint -> complaint.contains("ERR_NAME_NOT_RESOLVED"));
        }
    }
}
