package io.sluice.demo.security;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.apps.WorkerProcess;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.JavaProcess;
import io.sluice.jobs.SchedulerJob;
import io.sluice.jobs.SettingsException;
import io.sluice.jobs.SlaJob;

import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Everything over TLS, logged in by SCRAM, with the password nowhere but in its file. */
class SecureKafkaTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String USER = "sluice";
    private static final String PASSWORD = "hunter2-of-sluice";

    @TempDir static Path folder;
    private static SecureBroker broker;
    private static Login login;

    private record Said(int code, String out, String err) {}

    @BeforeAll
    static void start() throws Exception {
        Certificates certificates = Certificates.make(folder);
        login = new Login(folder, certificates);
        broker = SecureBroker.start(folder, certificates, Map.of(USER, PASSWORD), Map.of());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void theWholeWayOfARequestAndNoSecretToBeSeen() throws Exception {
        Path named = login.named(USER, PASSWORD);
        String config = "--client-config=" + named;
        try (LogCapture logs = new LogCapture();
                FlinkMiniCluster flink =
                        FlinkMiniCluster.start(new MiniClusterSettings(1, 2, 0, folder))) {
            assertThat(run("topics", "create", config).err()).isEmpty();
            JobID sla = flink.submit(defined(SlaJob::define, named));
            JobID scheduler =
                    flink.submit(defined(SchedulerJob::define, login.open(USER, PASSWORD)));
            flink.awaitRunning(scheduler, PATIENCE);
            flink.awaitRunning(sla, PATIENCE);
            try (JavaProcess worker =
                    WorkerProcess.start(
                            broker.secureServers(), "worker", folder, config, "--speedup=100")) {
                Said replay = run("replay", "--synthetic", "--limit=20", "--speedup=100", config);
                assertThat(replay.code()).as(replay.err()).isZero();
                Await.until(
                        "all requests to have ended",
                        PATIENCE,
                        () -> run("audit", "--all-ended", config).code() == 0);
                worker.requireAlive();
            }
            assertThat(run("tail", "sla", "--max=1", config).out()).contains("window_start");

            String id = scheduler.toHexString();
            assertThat(page(flink, "/jobs/" + id + "/config")).contains(id);
            for (String path :
                    List.of(
                            "/config",
                            "/jobmanager/config",
                            "/jobmanager/environment",
                            "/jobs/" + id,
                            "/jobs/" + id + "/config",
                            "/jobs/" + id + "/plan",
                            "/jobs/" + sla.toHexString() + "/config")) {
                assertThat(page(flink, path)).as(path).doesNotContain(PASSWORD);
            }
            assertThat(logs.text())
                    .contains("ConsumerConfig values", "ProducerConfig values", "sluice-scheduler")
                    .doesNotContain(PASSWORD, Certificates.PASSWORD);
            assertThat(Files.readString(folder.resolve("worker.log")))
                    .contains("ConsumerConfig values")
                    .doesNotContain(PASSWORD);
            assertThat(Files.readString(folder.resolve("worker.out"))).doesNotContain(PASSWORD);
        }
    }

    @Test
    void aWrongPasswordIsOneLineThatSaysWhereToLook() throws Exception {
        Path wrong = login.open(USER, "guessed");

        Said said = run("tail", "outcomes", "--client-config=" + wrong);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .isEqualToIgnoringNewLines(
                        "sluice: Kafka on %s does not let us in: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512; see --client-config"
                                .formatted(broker.secureServers()));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SchedulerJob.main(arguments(wrong)))
                .withMessageContaining("does not let us in: Authentication failed")
                .withMessageContaining("see sluice.kafka.client-config")
                .withMessageNotContaining("guessed");
    }

    @Test
    void anAuthorityThatIsNotTrustedIsOneLineThatSaysWhatToDo() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path wrong = new Login(other, Certificates.make(other)).open(USER, PASSWORD);

        Said said = run("tail", "outcomes", "--client-config=" + wrong);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err().lines())
                .singleElement()
                .asString()
                .contains("SSL handshake failed", "ssl.truststore.location", "--client-config");
    }

    @Test
    void aJobWhoseSecretIsNotThereIsNotSubmitted() throws Exception {
        Path nowhere = login.open(USER, "${env:SLUICE_TEST_ABSENT}");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SchedulerJob.main(arguments(nowhere)))
                .withMessage(
                        "sluice.kafka.client.sasl.jaas.config names ${env:SLUICE_TEST_ABSENT}, which is not there");
    }

    private static StreamExecutionEnvironment defined(
            BiConsumer<StreamExecutionEnvironment, String[]> job, Path config) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        job.accept(env, arguments(config));
        return env;
    }

    private static String[] arguments(Path config) {
        return new String[] {
            "--sluice.kafka.bootstrap-servers",
            broker.secureServers(),
            "--sluice.kafka.client-config",
            config.toString(),
            "--sluice.scheduler.checkpoint-interval",
            "1 s",
            "--sluice.scheduler.worker-lease",
            "20 s"
        };
    }

    private static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                SluiceApps.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--bootstrap-servers=" + broker.secureServers();
        return new Said(line.execute(all), out.toString(), err.toString());
    }

    private static String page(FlinkMiniCluster flink, String path) throws Exception {
        URI page = flink.webUrl().resolve(path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body();
    }
}
