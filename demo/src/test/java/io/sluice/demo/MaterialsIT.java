package io.sluice.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What the jars that are handed out are made of, by their own bills of materials. */
class MaterialsIT {

    private static final Path ROOT = Path.of(System.getProperty("sluice.project.root", ".."));

    /** Of which a component may be had under at least one: all let it be handed on in a jar. */
    private static final Set<String> LICENCES =
            Set.of(
                    "Apache-2.0",
                    "MIT",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "BSD-4-Clause",
                    "EPL-2.0",
                    "Unicode/ICU License",
                    "Go License");

    @ParameterizedTest
    @ValueSource(strings = {"apps", "jobs", "demo"})
    void everyComponentIsNamedAndMayBeHandedOn(String module) throws IOException {
        List<JsonNode> components = othersIn(module);

        assertThat(components).hasSizeGreaterThan(10);
        assertThat(components)
                .allSatisfy(
                        one -> {
                            assertThat(one.path("purl").asText()).startsWith("pkg:maven/");
                            assertThat(one.path("hashes")).isNotEmpty();
                            assertThat(licences(one))
                                    .as(
                                            "licences of %s; choose another library, or see whether its"
                                                    + " licence lets it be handed on and add it here",
                                            one.path("purl").asText())
                                    .containsAnyElementsOf(LICENCES);
                        });
    }

    private static List<JsonNode> othersIn(String module) throws IOException {
        Path bill = ROOT.resolve("%s/target/sluice-%1$s.cdx.json".formatted(module));
        JsonNode all = new JsonMapper().readTree(bill.toFile()).path("components");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> !one.path("group").asText().equals("io.sluice"))
                .toList();
    }

    private static List<String> licences(JsonNode component) {
        List<String> names = new ArrayList<>();
        for (JsonNode one : component.path("licenses")) {
            JsonNode licence = one.path("license");
            names.add(licence.path("id").asText(licence.path("name").asText()));
        }
        return names;
    }
}
