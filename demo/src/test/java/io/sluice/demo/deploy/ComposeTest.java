package io.sluice.demo.deploy;

import io.sluice.jobs.SchedulerOptions;

import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static io.sluice.demo.deploy.DeployFiles.map;
import static io.sluice.demo.deploy.DeployFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** {@code docker-compose.yml} and the images: versions, files, addresses and order of start. */
class ComposeTest {

    /** Where containers reach the broker. */
    private static final String BROKER = "kafka:19092";

    private final Map<String, Object> compose = DeployFiles.yaml("docker-compose.yml");
    private final Map<String, Object> services = map(compose, "services");

    ComposeTest() throws IOException {}

    @Test
    void hasTheWholePipeline() {
        assertThat(services)
                .containsOnlyKeys(
                        "kafka",
                        "topics",
                        "jobmanager",
                        "taskmanager",
                        "submit-scheduler",
                        "submit-sla",
                        "worker-1",
                        "worker-2",
                        "worker-3",
                        "replay");
        assertThat(map(map(services, "taskmanager"), "deploy")).containsEntry("replicas", 2);
    }

    @Test
    void imagesAreOfTheVersionsOfTheBuild() throws Exception {
        String java = DeployFiles.property("maven.compiler.release");
        assertThat(DeployFiles.baseImages())
                .containsOnly(
                        Map.entry("apps", "eclipse-temurin:%s-jre".formatted(java)),
                        Map.entry(
                                "jobs",
                                "flink:%s-java%s"
                                        .formatted(DeployFiles.property("flink.version"), java)));
        for (String name : services.keySet()) {
            Map<String, Object> service = map(services, name);
            if (name.equals("kafka")) {
                assertThat(service)
                        .containsEntry(
                                "image", "apache/kafka:" + DeployFiles.property("kafka.version"));
            } else {
                Object target = map(service, "build").get("target");
                assertThat(DeployFiles.baseImages()).containsKey((String) target);
                assertThat(service)
                        .containsEntry(
                                "image", "sluice-%s:%s".formatted(target, DeployFiles.version()));
            }
        }
    }

    @Test
    void imagesTakeTheJarsThatTheBuildMakesAndFilesThatExist() throws Exception {
        Set<String> copied = new TreeSet<>(DeployFiles.copies().keySet());
        Set<String> sent =
                Files.readAllLines(DeployFiles.ROOT.resolve(".dockerignore")).stream()
                        .filter(line -> line.startsWith("!"))
                        .map(line -> line.substring(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(copied).isEqualTo(sent);

        assertThat(copied).contains(DeployFiles.shadedJar("jobs"), DeployFiles.shadedJar("apps"));
        assertThat(copied)
                .filteredOn(file -> !file.contains("/target/"))
                .allSatisfy(file -> assertThat(DeployFiles.ROOT.resolve(file)).exists());
    }

    @Test
    void whatIsWaitedForExistsAndCanBeWaitedFor() {
        for (String name : services.keySet()) {
            Map<String, Object> waited = map(map(services, name), "depends_on");
            for (String other : waited.keySet()) {
                assertThat(services).as("what %s waits for", name).containsKey(other);
                if (map(waited, other).containsValue("service_healthy")) {
                    assertThat(map(services, other)).as(other).containsKey("healthcheck");
                }
            }
        }
        assertThat(map(map(services, "replay"), "depends_on"))
                .containsKeys("submit-scheduler", "worker-1", "worker-2", "worker-3");
    }

    @Test
    void theBrokerTakesItsSettingsAndKeepsTransactionsAsLongAsTheJobAsks() {
        KafkaConfig config = new KafkaConfig(broker());

        assertThat(config.getInt("transaction.max.timeout.ms"))
                .isEqualTo(SchedulerOptions.TRANSACTION_TIMEOUT.defaultValue().toMillis());
        assertThat(config.getBoolean("auto.create.topics.enable")).isFalse();
    }

    @Test
    void everyoneAsksForTheBrokerWhereItIs() {
        String advertised = broker().getProperty("advertised.listeners");
        assertThat(advertised).contains("://" + BROKER).contains("://localhost:9092");
        assertThat(texts(map(services, "kafka"), "ports")).containsExactly("127.0.0.1:9092:9092");
        List<String> clients =
                services.keySet().stream()
                        .filter(
                                name ->
                                        !Set.of("kafka", "jobmanager", "taskmanager")
                                                .contains(name))
                        .toList();
        assertThat(clients)
                .isNotEmpty()
                .allSatisfy(
                        name ->
                                assertThat(texts(map(services, name), "command"))
                                        .as(name)
                                        .containsSequence(bootstrapOption(name), BROKER));
    }

    private static String bootstrapOption(String service) {
        return service.startsWith("submit-")
                ? "--sluice.kafka.bootstrap-servers"
                : "--bootstrap-servers";
    }

    @Test
    void workersAreDistinctAndWatchedOnThePortThatTheyServe() {
        List<List<String>> commands =
                services.keySet().stream()
                        .filter(name -> name.startsWith("worker-"))
                        .map(name -> texts(map(services, name), "command"))
                        .toList();
        assertThat(commands)
                .extracting(command -> command.get(command.indexOf("--instance-id") + 1))
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(commands)
                .allSatisfy(
                        command -> {
                            String port = command.get(command.indexOf("--metrics-port") + 1);
                            assertThat(texts(map(map(services, "worker-1"), "healthcheck"), "test"))
                                    .last()
                                    .asString()
                                    .endsWith("/localhost/" + port);
                        });
    }

    /** Asks Docker itself, where it is. */
    @Test
    void dockerReadsIt() throws Exception {
        assumeThat(exitCode("docker", "compose", "version"))
                .as("exit code of 'docker compose version'; without the plugin this is skipped")
                .isZero();

        assertThat(exitCode("docker", "compose", "-f", "docker-compose.yml", "config", "--quiet"))
                .isZero();
    }

    private static int exitCode(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(DeployFiles.ROOT.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends in a minute").isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }

    /** The broker's settings, from environment variables as the image reads them. */
    private Properties broker() {
        Properties properties = new Properties();
        map(map(services, "kafka"), "environment")
                .forEach(
                        (key, value) -> {
                            assertThat(key).startsWith("KAFKA_").doesNotContain("__");
                            String name = key.substring("KAFKA_".length());
                            properties.setProperty(
                                    name.toLowerCase(Locale.ROOT).replace('_', '.'),
                                    value.toString());
                        });
        return properties;
    }
}
