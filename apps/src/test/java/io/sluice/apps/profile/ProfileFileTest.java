package io.sluice.apps.profile;

import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineProfiles;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProfileFileTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("profile.json");
    }

    /** To the picosecond: both forms of cost, both ways of prefill. */
    @ParameterizedTest
    @ValueSource(strings = {EngineProfiles.A100_7B, EngineProfiles.RTXPRO6000_8B})
    void whatIsWrittenIsReadAgain(String name) {
        EngineProfile profile = EngineProfiles.named(name);

        ProfileFile.write(file, profile, JsonNodeFactory.instance.objectNode());

        assertThat(ProfileFile.read(file)).isEqualTo(profile);
        assertThat(ProfileChoice.of(file.toString())).isEqualTo(profile);
    }

    @Test
    void aNameIsABuiltInProfile() {
        assertThat(ProfileChoice.of(EngineProfiles.A100_4B))
                .isEqualTo(EngineProfiles.named(EngineProfiles.A100_4B));
        assertThatThrownBy(() -> ProfileChoice.of("A200"))
                .hasMessageContaining("no engine profile \"A200\"; choose one of A100_4B");
        assertThatThrownBy(() -> ProfileChoice.of("nowhere.json"))
                .hasMessageContaining("no engine profile at nowhere.json")
                .hasMessageContaining("A100_4B");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\" : 1 | \"version\" : 2 | it does not say \"format\"",
                "\"max_sequences\" : 128 | \"max_sequences\" : \"many\" | max_sequences is \"many\", must be a whole number",
                "\"max_sequences\" : 128 | \"max_sequences\" : 0 | maxSequences must be at least 1, is 0",
                "\"decode_s\" | \"decode\" | decode_s is missing, must be a number",
                "\"prefix_cache\" : true | \"prefix_cache\" : 1 | prefix_cache is 1, must be true or false",
                "\"prefill\" : \"chunked\" | \"prefill\" : \"cut\" | must be chunked or whole",
                "\"form\" : \"linear\" | \"form\" : \"square\" | must be linear or slowest-member",
                "\"step_s\" : 0 | \"step_s\" : -1 | step is",
                "{ | [ | engine profile",
            })
    void whatIsWrongIsNamed(String text, String wrong, String why) throws IOException {
        ProfileFile.write(
                file,
                EngineProfiles.named(EngineProfiles.RTXPRO6000_8B),
                JsonNodeFactory.instance.objectNode());
        String json = Files.readString(file);
        assertThat(json).contains(text);
        Files.writeString(file, json.replace(text, wrong));

        assertThatThrownBy(() -> ProfileFile.read(file))
                .hasMessageContaining("engine profile " + file + " cannot be used: ")
                .hasMessageContaining(why);
    }
}
