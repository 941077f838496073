package io.sluice.demo.chaos;

import io.sluice.demo.chaos.FaultKind.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FaultKindTest {

    private static final Path PAGE =
            Path.of(System.getProperty("sluice.project.root", ".."), "docs", "chaos.md");

    @ParameterizedTest
    @EnumSource
    void isOnThePageAndInTheHelp(FaultKind kind) throws Exception {
        String help = new CommandLine(new ChaosCommand()).getUsageMessage();

        assertThat(Files.readString(PAGE)).contains("`" + kind.title() + "`");
        assertThat(help.replaceAll("\\s+", " ")).contains(" " + kind.title());
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsTitle(FaultKind kind) {
        assertThat(FaultKind.titled(kind.title())).isEqualTo(kind);
    }

    @Test
    void anUnknownTitleIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> FaultKind.titled("broker-kil"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("broker-kil;", "broker-kill, ");
    }

    @Test
    void allOfFlinkGoesWithNoPartOfIt() {
        assertThat(Target.ALL_OF_FLINK.goesWith(Target.TASK_MANAGER)).isFalse();
        assertThat(Target.CHECKPOINTS.goesWith(Target.ALL_OF_FLINK)).isFalse();
        assertThat(Target.ALL_OF_FLINK.goesWith(Target.WORKER)).isTrue();
        assertThat(Target.TASK_MANAGER.goesWith(Target.JOB_MANAGER)).isTrue();
        assertThat(Target.WORKER.goesWith(Target.WORKER)).isFalse();
    }
}
