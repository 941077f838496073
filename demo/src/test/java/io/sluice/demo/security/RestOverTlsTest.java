package io.sluice.demo.security;

import io.sluice.demo.cli.OneLineErrors;
import io.sluice.demo.submit.SubmitCommand;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A cluster whose REST interface speaks TLS, and lets in whoever has a certificate. */
class RestOverTlsTest {

    @TempDir static Path folder;
    private static Certificates certificates;
    private static MiniCluster cluster;
    private static URI rest;

    private record Said(int code, String out, String err) {}

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.make(folder);
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration())
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(1)
                                .build());
        cluster.start();
        rest = cluster.getRestAddress().get();
    }

    /** As docs/security.md has it. */
    private static Configuration configuration() {
        String store = certificates.serverStore().toString();
        Configuration configuration = new Configuration();
        Map.of(
                        "rest.address",
                        "localhost",
                        "rest.bind-port",
                        "0",
                        "web.tmpdir",
                        folder.toString(),
                        "execution.checkpointing.dir",
                        folder.resolve("checkpoints").toUri() + "",
                        "security.ssl.rest.enabled",
                        "true",
                        "security.ssl.rest.authentication-enabled",
                        "true",
                        "security.ssl.rest.keystore",
                        store,
                        "security.ssl.rest.truststore",
                        certificates.trustStore().toString())
                .forEach(configuration::setString);
        Stream.of("keystore-password", "key-password", "truststore-password")
                .forEach(
                        key ->
                                configuration.setString(
                                        "security.ssl.rest." + key, Certificates.PASSWORD));
        return configuration;
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.closeAsync().get();
    }

    /**
     * Let in, listened to, and told what Flink has to say of such a file. A job that ran in this
     * process would leave its environment behind for other tests.
     */
    @Test
    void whoHasACertificateIsLetIn() throws Exception {
        Said said =
                submit(
                        "--rest-ca=" + certificates.authority(),
                        "--rest-key=" + certificates.serverStore(),
                        "--rest-key-password-file=" + password());

        assertThat(said.err().lines())
                .singleElement()
                .asString()
                .contains("/jars/upload: HTTP 400", "Only Jar files are allowed");
    }

    @Test
    void anAuthorityThatIsNotKnownIsOneLineThatSaysWhatToDo() throws Exception {
        Said said = submit();

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err().lines())
                .singleElement()
                .asString()
                .contains("unable to find valid certification path", "--rest-ca");
    }

    @Test
    void whoHasNoCertificateIsNotLetIn() throws Exception {
        Said said = submit("--rest-ca=" + certificates.authority());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err().lines()).singleElement().asString().contains("--rest-key");
    }

    @Test
    void aFileOfCertificatesThatIsNotThereIsNamed() throws Exception {
        Said said = submit("--rest-ca=/absent.pem");

        assertThat(said.err().lines()).singleElement().asString().contains("/absent.pem");
    }

    private static Path password() throws Exception {
        return Files.writeString(folder.resolve("password"), Certificates.PASSWORD + "\n");
    }

    private static Path noJar() throws Exception {
        return Files.writeString(folder.resolve("jobs.txt"), "no jar");
    }

    private static Said submit(String... more) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                new CommandLine(new SubmitCommand())
                        .setExecutionExceptionHandler(new OneLineErrors())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        List<String> fixed = List.of("scheduler", "--rest=" + rest, "--jar=" + noJar());
        int code =
                line.execute(Stream.concat(fixed.stream(), Stream.of(more)).toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }
}
