package io.sluice.jobs.io;

import io.sluice.jobs.SettingsException;

import org.apache.kafka.clients.admin.AdminClientConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Secrets are named in a job's properties, and are found where a client is made. */
class ClientPropertiesTest {

    private static final String SECRET = "hunter2";

    @TempDir Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("client.properties"), text);
    }

    private static AdminClientConfig made(Map<String, String> properties) {
        Properties given = new Properties();
        given.putAll(properties);
        given.put("bootstrap.servers", "localhost:1");
        return new AdminClientConfig(given);
    }

    @Test
    void theValuesOfTheFileStayInIt() throws Exception {
        Path file = file("ssl.truststore.password=" + SECRET + "\nclient.rack=two\n");

        Map<String, String> properties = ClientProperties.of(Map.of(), file.toString());

        assertThat(properties.values()).noneMatch(value -> value.contains(SECRET));
        assertThat(made(properties).originals())
                .containsEntry("ssl.truststore.password", SECRET)
                .containsEntry("client.rack", "two");
        file("ssl.truststore.password=changed\n");
        assertThat(made(properties).originals())
                .containsEntry("ssl.truststore.password", "changed");
    }

    @Test
    void whatIsSetWinsOverTheFile() throws Exception {
        Path file = file("client.rack=two\n");

        assertThat(ClientProperties.of(Map.of("client.rack", "one"), file.toString()))
                .containsEntry("client.rack", "one");
    }

    @Test
    void filesFoldersAndTheEnvironmentCanBeNamed() throws Exception {
        Path file = file("password=" + SECRET);
        String variable = System.getenv().keySet().iterator().next();
        Files.writeString(folder.resolve("mounted"), SECRET);
        Map<String, String> properties =
                ClientProperties.of(
                        Map.of(
                                "ssl.key.password",
                                "${file:%s:password}".formatted(file),
                                "ssl.keystore.password",
                                "${directory:%s:mounted}".formatted(folder),
                                "client.rack",
                                "${env:%s}".formatted(variable)),
                        "");

        assertThat(made(properties).originals())
                .containsEntry("ssl.key.password", SECRET)
                .containsEntry("ssl.keystore.password", SECRET)
                .containsEntry("client.rack", System.getenv(variable));
    }

    @Test
    void aReferenceInTheFileIsItsOwn() throws Exception {
        Path file = file("client.rack=${env:SLUICE_TEST_ABSENT}\n");

        assertThat(ClientProperties.of(Map.of(), file.toString()))
                .containsEntry("client.rack", "${env:SLUICE_TEST_ABSENT}");
    }

    @Test
    void otherProvidersAreKept() {
        assertThat(
                        ClientProperties.of(
                                Map.of(
                                        "config.providers", "vault, file",
                                        "config.providers.file.class", "own.Provider"),
                                ""))
                .containsEntry("config.providers", "directory,env,file,vault")
                .containsEntry("config.providers.file.class", "own.Provider");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.keystore.password",
                "ssl.key.password",
                "ssl.keystore.key",
                "some.vendor.client.secret"
            })
    void aSecretInTheConfigurationIsRefused(String key) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> ClientProperties.of(Map.of(key, SECRET), ""))
                .withMessageStartingWith("sluice.kafka.client." + key + " would show its secret")
                .withMessageContaining("sluice.kafka.client-config")
                .withMessageNotContaining(SECRET);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> ClientProperties.of(Map.of(), "/absent"))
                .withMessageStartingWith("sluice.kafka.client-config = /absent cannot be read");
    }
}
