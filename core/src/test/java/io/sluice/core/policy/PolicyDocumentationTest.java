package io.sluice.core.policy;

import io.sluice.core.catalog.CatalogEntry;
import io.sluice.core.docs.RenderedPart;
import io.sluice.core.routing.RoutingCatalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.sluice.core.docs.RenderedPart.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

/** The pages on policies say what is there. */
final class PolicyDocumentationTest {

    private static final String ORDERINGS = "java/io/sluice/core/policy/ordering/";
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\|(.*)\\|");

    @Test
    void everyOrderHasARowWithItsBound() throws IOException {
        Map<String, String> rows = rows("## Ordering");

        assertThat(rows.keySet())
                .containsExactlyInAnyOrderElementsOf(PolicyCatalog.orderingNames());
        rows.forEach(
                (name, row) -> {
                    double bound = PolicyCatalog.ordering(name).overtakingBoundMillis();
                    String stated =
                            Double.isInfinite(bound) ? "unbounded" : "%.0f".formatted(bound);
                    assertThat(row).as(name).endsWith("| " + stated);
                    if (Double.isFinite(bound)) {
                        assertThat(row).as(name).contains("| no");
                    } else {
                        assertThat(row).as(name).containsPattern("\\| (yes|no): ");
                    }
                });
    }

    /** Whoever compares policies finds the same of each, whatever its kind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "## Ordering",
                "## Fairness",
                "## Preemption",
                "## Batching",
                "## Admission",
                "## Routing"
            })
    void everyTableTellsTheSame(String heading) throws IOException {
        String section = section(heading);
        String columns =
                section.lines().filter(line -> line.startsWith("| Name |")).findAny().orElseThrow();

        assertThat(columns)
                .contains("Why choose it", "Reads", "Complexity", "Can it starve?", "Source");
        rows(heading)
                .forEach(
                        (name, row) ->
                                assertThat(row.split(" \\| ", -1))
                                        .as(name)
                                        .hasSize(columns.split(" \\| ").length - 1));
    }

    @Test
    void everyRoutingPolicyHasARow() throws IOException {
        assertThat(rows("## Routing").keySet())
                .containsExactlyInAnyOrderElementsOf(RoutingCatalog.names());
    }

    @Test
    void everyOtherPolicyOfALaneHasARow() throws IOException {
        assertThat(rows("## Fairness").keySet())
                .containsExactlyInAnyOrderElementsOf(PolicyCatalog.fairness().names());
        assertThat(rows("## Preemption").keySet())
                .containsExactlyInAnyOrderElementsOf(PolicyCatalog.preemptions().names());
        assertThat(rows("## Admission").keySet())
                .containsExactlyInAnyOrderElementsOf(PolicyCatalog.admissions().names());
        assertThat(rows("## Batching").keySet())
                .containsExactlyInAnyOrderElementsOf(PolicyCatalog.batchings().names());
    }

    /** A parameter that nobody can read of is a parameter that nobody sets. */
    @Test
    void everyParameterIsNamed() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/policies.md"));
        List<CatalogEntry<?>> entries = new ArrayList<>(PolicyCatalog.orderings().entries());
        entries.addAll(PolicyCatalog.batchings().entries());
        entries.addAll(PolicyCatalog.admissions().entries());
        for (CatalogEntry<?> entry : entries) {
            entry.parameters()
                    .forEach(
                            parameter ->
                                    assertThat(text)
                                            .as(entry.name())
                                            .contains(parameter.name() + "="));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core/src/main/" + ORDERINGS + "LeastSlackFirst.java",
                "core/src/test/" + ORDERINGS + "LeastSlackFirstTest.java"
            })
    void theExampleIsTheCodeThatIsTested(String file) throws IOException {
        String source = Files.readString(ROOT.resolve(file));
        new RenderedPart(
                        "docs/add-a-policy.md",
                        "<!-- code: " + file + " -->\n",
                        "<!-- code: end -->")
                .mustBe(
                        "\n```java\n" + source.substring(source.indexOf("/**")) + "```\n\n",
                        "core",
                        "PolicyDocumentationTest");
    }

    /** Rows of the table in a section, by the name in their first column. */
    private static Map<String, String> rows(String heading) throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher matcher = ROW.matcher(section(heading));
        while (matcher.find()) {
            rows.put(matcher.group(1), matcher.group(2).strip());
        }
        return rows;
    }

    private static String section(String heading) throws IOException {
        String text = Files.readString(ROOT.resolve("docs/policies.md"));
        int from = text.indexOf(heading + "\n");
        assertThat(from).as("section %s", heading).isNotNegative();
        int next = text.indexOf("\n## ", from + heading.length());
        return text.substring(from, next < 0 ? text.length() : next);
    }
}
