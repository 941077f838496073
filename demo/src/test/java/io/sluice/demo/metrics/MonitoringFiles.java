package io.sluice.demo.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that monitor Sluice, and the names in them. */
final class MonitoringFiles {

    /** Root of the repository. */
    static final Path ROOT = Path.of(System.getProperty("sluice.project.root", ".."));

    static final Path PROMETHEUS = ROOT.resolve("deploy/prometheus");
    static final Path RULES = PROMETHEUS.resolve("rules");

    private static final Path DASHBOARDS = ROOT.resolve("deploy/grafana/dashboards");
    private static final Path REFERENCE = ROOT.resolve("docs/metrics.md");

    /** A row of a table of the reference: name and type. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z:_]+)` \\| (\\w+) \\|");

    /** A word of a query that can only be the name of a series. */
    private static final Pattern SERIES =
            Pattern.compile("\\b(?:sluice|vllm|flink)[_:][A-Za-z0-9_:]+");

    private MonitoringFiles() {}

    /** Every series that the reference promises. */
    static Set<String> documented() throws IOException {
        return ROW.matcher(Files.readString(REFERENCE))
                .results()
                .flatMap(MonitoringFiles::series)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> series(MatchResult row) {
        String name = row.group(1);
        return row.group(2).equals("histogram")
                ? Stream.of(name + "_bucket", name + "_count", name + "_sum")
                : Stream.of(name);
    }

    /** The queries of all panels of all dashboards, by where they stand. */
    static Map<String, String> panelQueries() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        for (Path file : files(DASHBOARDS, ".json")) {
            JsonNode dashboard = new JsonMapper().readTree(file.toFile());
            for (JsonNode panel : dashboard.get("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    String place =
                            "%s, %s, %s"
                                    .formatted(
                                            file.getFileName(),
                                            panel.get("title").asText(),
                                            target.get("refId").asText());
                    queries.put(place, target.get("expr").asText());
                }
            }
        }
        return queries;
    }

    /** The queries of all rules, by the name of what they record or alert. */
    static Map<String, String> ruleQueries() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        for (Path file : files(RULES, ".yml")) {
            for (Map<String, Object> group : maps(yaml(file), "groups")) {
                for (Map<String, Object> rule : maps(group, "rules")) {
                    Object name = rule.getOrDefault("record", rule.get("alert"));
                    queries.put((String) name, (String) rule.get("expr"));
                }
            }
        }
        return queries;
    }

    /** The names of series in a query. */
    static Set<String> names(String query) {
        return SERIES.matcher(query)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A YAML file as maps and lists. */
    static Map<String, Object> yaml(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    /** The list of maps under a key. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Map<String, Object> parent, String key) {
        return (List<Map<String, Object>>) parent.getOrDefault(key, List.of());
    }

    /** The files of a folder with an ending, in order. */
    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
