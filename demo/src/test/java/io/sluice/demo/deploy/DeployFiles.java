package io.sluice.demo.deploy;

import org.w3c.dom.Document;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files that deploy Sluice, and the facts of the build that they repeat. */
final class DeployFiles {

    /** Root of the repository. */
    static final Path ROOT = Path.of(System.getProperty("sluice.project.root", ".."));

    private static final Path DOCKERFILE = ROOT.resolve("deploy/docker/Dockerfile");
    private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+) AS (\\S+)$");
    private static final Pattern ENTRY_POINT = Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--\\S+ )*(\\S+) (\\S+)$");

    private DeployFiles() {}

    /** A YAML file as maps and lists, anchors and merges resolved. */
    static Map<String, Object> yaml(String path) throws IOException {
        String text = Files.readString(ROOT.resolve(path));
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    /** The map under a key. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.getOrDefault(key, Map.of());
    }

    /** The list of texts under a key. */
    @SuppressWarnings("unchecked")
    static List<String> texts(Map<String, Object> parent, String key) {
        return (List<String>) parent.getOrDefault(key, List.of());
    }

    /** A property of the root pom, such as {@code kafka.version}. */
    static String property(String name) throws Exception {
        return xpath("pom.xml", "/project/properties/*[name()='%s']".formatted(name));
    }

    /** The version of the project. */
    static String version() throws Exception {
        return xpath("pom.xml", "/project/version");
    }

    /** The shaded jar that a module's build makes, from the root of the repository. */
    static String shadedJar(String module) throws Exception {
        String file = xpath(module + "/pom.xml", "//outputFile");
        return file.replace("${project.build.directory}", module + "/target");
    }

    /** Images that the stages of the Dockerfile are based on, by stage. */
    static Map<String, String> baseImages() throws IOException {
        return FROM.matcher(Files.readString(DOCKERFILE))
                .results()
                .collect(Collectors.toMap(match -> match.group(2), match -> match.group(1)));
    }

    /** What the Dockerfile copies: from the root of the repository, to the image. */
    static Map<String, String> copies() throws IOException {
        Map<String, String> copies = new TreeMap<>();
        Matcher matcher = COPY.matcher(Files.readString(DOCKERFILE));
        while (matcher.find()) {
            copies.put(matcher.group(1), matcher.group(2));
        }
        return copies;
    }

    /**
     * What containers of a stage run, before their command; nothing where the base image says it.
     */
    static List<String> entryPoint(String stage) throws IOException {
        String text = Files.readString(DOCKERFILE);
        String ofStage = text.substring(text.indexOf(" AS " + stage + "\n"));
        Matcher matcher = ENTRY_POINT.matcher(ofStage.substring(0, nextStage(ofStage)));
        if (!matcher.find()) {
            return List.of();
        }
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(matcher.group(1));
    }

    private static int nextStage(String text) {
        Matcher next = FROM.matcher(text);
        return next.find() ? next.start() : text.length();
    }

    private static String xpath(String pom, String path) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(ROOT.resolve(pom).toFile());
        String value = XPathFactory.newInstance().newXPath().evaluate(path, document).strip();
        if (value.isEmpty()) {
            throw new IllegalStateException("%s has no %s".formatted(pom, path));
        }
        return value;
    }
}
