package io.sluice.demo.deploy;

import io.sluice.jobs.SchedulerOptions;

import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static io.sluice.demo.deploy.DeployFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** {@code docker-compose.yml} and the images: versions, files, addresses and order of start. */
class ComposeTest {

    private final Compose compose = Compose.read();

    ComposeTest() throws IOException {}

    @Test
    void hasTheWholePipeline() {
        assertThat(compose.names())
                .containsExactlyInAnyOrder(
                        "kafka",
                        "topics",
                        "jobmanager",
                        "taskmanager",
                        "submit-scheduler",
                        "submit-sla",
                        "worker-1",
                        "worker-2",
                        "worker-3",
                        "replay",
                        "page",
                        "prometheus",
                        "grafana");
        assertThat(compose.replicas("taskmanager")).isEqualTo(2);
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
        for (String name : compose.names()) {
            Map<String, Object> service = compose.service(name);
            if (Compose.WATCHERS.contains(name)) {
                assertThat((String) service.get("image")).as(name).matches(".+:v?[0-9.]+");
            } else if (name.equals("kafka")) {
                assertThat(service)
                        .containsEntry(
                                "image", "apache/kafka:" + DeployFiles.property("kafka.version"));
            } else {
                String target = compose.target(name);
                assertThat(DeployFiles.baseImages()).containsKey(target);
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
        for (String name : compose.names()) {
            compose.waitsFor(name)
                    .forEach(
                            (other, condition) -> {
                                assertThat(compose.names())
                                        .as("what %s waits for", name)
                                        .contains(other);
                                if (condition.equals("service_healthy")) {
                                    assertThat(compose.healthCheck(other)).as(other).isNotEmpty();
                                }
                            });
        }
        assertThat(compose.waitsFor("replay"))
                .containsKeys("submit-scheduler", "worker-1", "worker-2", "worker-3");
    }

    @Test
    void theBrokerTakesItsSettingsAndKeepsTransactionsAsLongAsTheJobAsks() {
        KafkaConfig config = new KafkaConfig(compose.broker());

        assertThat(config.getInt("transaction.max.timeout.ms"))
                .isEqualTo(SchedulerOptions.TRANSACTION_TIMEOUT.defaultValue().toMillis());
        assertThat(config.getBoolean("auto.create.topics.enable")).isFalse();
    }

    @Test
    void everyoneAsksForTheBrokerWhereItIs() {
        String advertised = compose.broker().getProperty("advertised.listeners");
        assertThat(advertised).contains("://" + Compose.BROKER).contains("://localhost:9092");
        assertThat(texts(compose.service("kafka"), "ports")).containsExactly("127.0.0.1:9092:9092");
        List<String> clients =
                compose.names().stream()
                        .filter(
                                name ->
                                        !Set.of("kafka", "jobmanager", "taskmanager").contains(name)
                                                && !Compose.WATCHERS.contains(name))
                        .toList();
        assertThat(clients)
                .isNotEmpty()
                .allSatisfy(
                        name ->
                                assertThat(compose.command(name))
                                        .as(name)
                                        .containsSequence(bootstrapOption(name), Compose.BROKER));
    }

    private static String bootstrapOption(String service) {
        return service.startsWith("submit-")
                ? "--sluice.kafka.bootstrap-servers"
                : "--bootstrap-servers";
    }

    @Test
    void workersAreDistinctAndWatchedOnThePortThatTheyServe() {
        List<List<String>> commands =
                compose.names().stream()
                        .filter(name -> name.startsWith("worker-"))
                        .map(compose::command)
                        .toList();
        assertThat(commands)
                .extracting(command -> command.get(command.indexOf("--instance-id") + 1))
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(commands)
                .allSatisfy(
                        command -> {
                            String port = command.get(command.indexOf("--metrics-port") + 1);
                            assertThat(compose.healthCheck("worker-1"))
                                    .last()
                                    .asString()
                                    .endsWith("/localhost/" + port);
                        });
    }

    @Test
    void thePageShowsItselfToWhoKnowsTheTokenThatPrometheusShows() throws IOException {
        List<String> command = compose.command("page");
        String port = command.get(command.indexOf("--port") + 1);
        assertThat(compose.profiles("page")).containsExactly("page");
        assertThat(texts(compose.service("page"), "ports"))
                .containsExactly("127.0.0.1:%1$s:%1$s".formatted(port));
        assertThat(compose.healthCheck("page")).last().asString().endsWith("/localhost/" + port);
        assertThat(command).containsSequence("--token-file", "/run/secrets/page-token");
        assertThat(compose.secrets("page")).containsExactly("page-token");
        Map<String, Object> secrets =
                DeployFiles.map(DeployFiles.yaml("docker-compose.yml"), "secrets");
        assertThat(DeployFiles.map(secrets, "page-token"))
                .containsEntry("file", "./deploy/prometheus/page-token");
        String prometheus =
                Files.readString(DeployFiles.ROOT.resolve("deploy/prometheus/prometheus.yml"));
        assertThat(prometheus).contains("credentials_file: page-token", "page:" + port);
        assertThat(Files.readAllLines(DeployFiles.ROOT.resolve(".gitignore")))
                .contains("/deploy/prometheus/page-token");
    }

    @Test
    void watchersAreGivenFilesThatExist() {
        for (String name : Compose.WATCHERS) {
            assertThat(texts(compose.service(name), "volumes"))
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(
                            volume ->
                                    assertThat(DeployFiles.ROOT.resolve(volume.split(":")[0]))
                                            .isDirectory());
        }
    }

    /** Asks Compose itself, as a plugin of Docker or the program that it was before. */
    @Test
    void composeReadsIt() throws Exception {
        Optional<List<String>> compose = Optional.empty();
        for (List<String> each : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
            if (compose.isEmpty() && exitCode(each, "version") == 0) {
                compose = Optional.of(each);
            }
        }
        assumeThat(compose).as("'docker compose' or docker-compose on this machine").isPresent();

        assertThat(exitCode(compose.get(), "-f", "docker-compose.yml", "config", "--quiet"))
                .isZero();
    }

    private static int exitCode(List<String> program, String... arguments)
            throws InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
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
}
