package io.sluice.demo.deploy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of modules in the design names them all, and what each may depend on. */
class ModulesTest {

    private static final Pattern MODULE = Pattern.compile("<module>(\\w+)</module>");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| .* \\| ([^|]+) \\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    /** What tests alone use is free: they may compare a module with one that it must not know. */
    private static final Pattern OURS =
            Pattern.compile(
                    "<dependency>\\s*<groupId>io\\.sluice</groupId>\\s*<artifactId>sluice-(\\w+)</artifactId>"
                            + "(?!((?!</dependency>)[\\s\\S])*<scope>test</scope>)");

    @Test
    void nothingDependsOnMoreThanTheDesignSays() throws IOException {
        Map<String, Set<String>> allowed = allowed();
        Set<String> modules = found(MODULE, "pom.xml");

        assertThat(allowed.keySet()).containsExactlyInAnyOrderElementsOf(modules);
        for (String module : modules) {
            Set<String> used = found(OURS, module + "/pom.xml");
            used.remove(module);
            Set<String> may = allowed.get(module);
            assertThat(may.contains("all") ? modules : may).as(module).containsAll(used);
        }
    }

    private static Map<String, Set<String>> allowed() throws IOException {
        Map<String, Set<String>> allowed = new TreeMap<>();
        String text = Files.readString(DeployFiles.ROOT.resolve("docs/design.md"));
        int from = text.indexOf("| Module | Holds |");
        assertThat(from).as("table of modules in docs/design.md").isNotNegative();
        Matcher matcher = ROW.matcher(text).region(from, text.length());
        while (matcher.find()) {
            String last = matcher.group(2).strip();
            allowed.put(matcher.group(1), last.equals("all") ? Set.of(last) : matches(NAME, last));
        }
        return allowed;
    }

    private static Set<String> found(Pattern pattern, String file) throws IOException {
        return matches(pattern, Files.readString(DeployFiles.ROOT.resolve(file)));
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
