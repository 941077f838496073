package io.sluice.apps.cli;

import io.sluice.apps.SluiceApps;
import io.sluice.schemas.TopicPrefix;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets come from files and the environment, and are not in arguments or lines. */
class ClientSecretsTest {

    private static final String SECRET = "hunter2";
    private static final Pattern SECRETIVE =
            Pattern.compile("password|secret|credential|token(?!s|-time|-bytes)");

    @TempDir Path folder;

    private Console tail(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), text);
        return Console.run(
                "tail", "outcomes", "--bootstrap-servers=localhost:1", "--client-config=" + file);
    }

    @Test
    void aSecretThatIsNotThereIsNamed() throws Exception {
        assertThat(tail("client.rack=${env:SLUICE_TEST_ABSENT}").err())
                .containsExactly(
                        "sluice: property client.rack of the Kafka client names ${env:SLUICE_TEST_ABSENT}, which is not there");
        assertThat(tail("client.rack=${file:/absent:key}").err())
                .singleElement()
                .asString()
                .contains("/absent");
    }

    @Test
    void aSecretThatIsThereIsUsed() throws Exception {
        Files.writeString(folder.resolve("protocol"), SECRET);

        // A protocol of that name is none, which tells that the client got it.
        assertThat(tail("security.protocol=${directory:%s:protocol}".formatted(folder)).err())
                .singleElement()
                .asString()
                .contains("security.protocol", SECRET);
    }

    @Test
    void aSecretIsNoArgument() {
        Console console =
                Console.run("tail", "outcomes", "--client-property=sasl.jaas.config=" + SECRET);

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .singleElement()
                .asString()
                .contains("--client-property sasl.jaas.config is a secret", "--client-config")
                .doesNotContain(SECRET);
    }

    @Test
    void anAccessDoesNotTellItsSecrets() {
        KafkaAccess access =
                new KafkaAccess(
                        "localhost:1", TopicPrefix.DEFAULT, Map.of("sasl.jaas.config", SECRET));

        assertThat(access.toString()).contains("sasl.jaas.config").doesNotContain(SECRET);
    }

    @Test
    void noOptionOfAnyCommandTakesASecret() {
        List<OptionSpec> suspects = new ArrayList<>();
        collect(SluiceApps.commandLine(), suspects);

        assertThat(suspects)
                .isNotEmpty()
                .allSatisfy(option -> assertThat(option.longestName()).endsWith("-file"));
    }

    private static void collect(CommandLine line, List<OptionSpec> suspects) {
        line.getCommandSpec().options().stream()
                .filter(option -> SECRETIVE.matcher(option.longestName()).find())
                .filter(option -> !option.typeInfo().isBoolean())
                .forEach(suspects::add);
        line.getSubcommands().values().forEach(sub -> collect(sub, suspects));
    }
}
