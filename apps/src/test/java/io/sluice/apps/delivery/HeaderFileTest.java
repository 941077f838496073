package io.sluice.apps.delivery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HeaderFileTest {

    @TempDir private Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("headers"), text);
    }

    @Test
    void readsAHeaderALine() throws Exception {
        assertThat(HeaderFile.read(file("Authorization: Bearer a:b\n\nX-Team:  fleet \n")))
                .isEqualTo(Map.of("Authorization", "Bearer a:b", "X-Team", "fleet"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-A: 1\nsecret",
                "X-A: 1\n: secret",
                "X-A: 1\na b: secret",
                "X-A: 1\nHost: secret"
            })
    void namesTheLineAndNotWhatIsInIt(String text) throws Exception {
        Path file = file(text);
        assertThatThrownBy(() -> HeaderFile.read(file))
                .hasMessageContaining("line 2 is no `Name: value`")
                .hasMessageNotContaining("secret");
    }
}
