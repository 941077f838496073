package io.sluice.demo.deploy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import static io.sluice.demo.deploy.DeployFiles.map;
import static io.sluice.demo.deploy.DeployFiles.texts;

/**
 * What {@code docker-compose.yml} says.
 *
 * @param services as they stand in the file, anchors and merges resolved, by name
 */
record Compose(Map<String, Object> services) {

    /** Where containers reach the broker. */
    static final String BROKER = "kafka:19092";

    /** Services that watch and that nothing depends on, from images that others make. */
    static final Set<String> WATCHERS = Set.of("prometheus", "grafana");

    static Compose read() throws IOException {
        return new Compose(map(DeployFiles.yaml("docker-compose.yml"), "services"));
    }

    Set<String> names() {
        return services.keySet();
    }

    Map<String, Object> service(String name) {
        return map(services, name);
    }

    List<String> command(String service) {
        return texts(service(service), "command");
    }

    /** The profiles of which one must be asked for, or the service does not start; usually none. */
    List<String> profiles(String service) {
        return texts(service(service), "profiles");
    }

    /** The files that a service finds in {@code /run/secrets}. */
    List<String> secrets(String service) {
        return texts(service(service), "secrets");
    }

    /** The stage of our Dockerfile that a service runs; empty for an image of others. */
    String target(String service) {
        return (String) map(service(service), "build").getOrDefault("target", "");
    }

    /** What has to be of others before a service starts, by their names. */
    Map<String, String> waitsFor(String service) {
        Map<String, String> conditions = new TreeMap<>();
        Map<String, Object> waited = map(service(service), "depends_on");
        waited.keySet()
                .forEach(
                        other ->
                                conditions.put(
                                        other, (String) map(waited, other).get("condition")));
        return conditions;
    }

    /**
     * The command that finds out whether a service is well; without the word that says it is one.
     */
    List<String> healthCheck(String service) {
        List<String> test = texts(map(service(service), "healthcheck"), "test");
        return test.isEmpty() ? test : test.subList(1, test.size());
    }

    /** How many containers a service has. */
    int replicas(String service) {
        return (Integer) map(service(service), "deploy").getOrDefault("replicas", 1);
    }

    /** How long a service is given to stop. */
    Duration stopGracePeriod(String service) {
        return Duration.parse("PT" + service(service).getOrDefault("stop_grace_period", "10s"));
    }

    /** The broker's settings, which its image takes from environment variables. */
    Properties broker() {
        Properties properties = new Properties();
        map(service("kafka"), "environment")
                .forEach(
                        (key, value) ->
                                properties.setProperty(brokerProperty(key), value.toString()));
        return properties;
    }

    private static String brokerProperty(String variable) {
        if (!variable.startsWith("KAFKA_") || variable.contains("__")) {
            throw new IllegalArgumentException(variable + " is no setting of Kafka's image");
        }
        String name = variable.substring("KAFKA_".length());
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
