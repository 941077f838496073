package io.sluice.demo.launcher;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class LauncherTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private static final String SHORT_LIVED = "<-XX:TieredStopAtLevel=1><-XX:+UseSerialGC>";

    /** What the JVM is told besides, by command. */
    private static final Map<String, String> OPTIONS =
            Map.of(
                    "demo", SHORT_LIVED,
                    "broker", SHORT_LIVED,
                    "bench", SHORT_LIVED,
                    "cluster", SHORT_LIVED,
                    "chaos", SHORT_LIVED + "<-Dsluice.jobs.jar=HOME/jobs/target/sluice-jobs.jar>",
                    "submit", "<-Dsluice.jobs.jar=HOME/jobs/target/sluice-jobs.jar>",
                    "bench-kernel", "<-Xmx4g>");

    @TempDir private Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void makeSandbox() throws Exception {
        sandbox = new Sandbox(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void listsItsCommands(String option) throws Exception {
        var result = sandbox.run(option);

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(String.join("\n", result.out()))
                .contains(
                        "demo",
                        "cluster",
                        "submit",
                        "savepoint",
                        "chaos",
                        "replay",
                        "worker",
                        "topics",
                        "tail",
                        "explain",
                        "sla",
                        "page",
                        "alerts",
                        "spans",
                        "audit",
                        "redrive",
                        "version",
                        "JAVA_HOME");
    }

    @Test
    void namesAnUnknownCommandInOneLine() throws Exception {
        var result = sandbox.run("demmo");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .containsExactly("sluice: unknown command 'demmo'; sluice --help lists them");
    }

    @Test
    void withoutACommandPrintsTheUsageAsAnError() throws Exception {
        var result = sandbox.run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("Usage: sluice COMMAND [OPTIONS]");
    }

    @Test
    void saysThatJavaIsMissing() throws Exception {
        var result = sandbox.run("demo");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).singleElement().asString().contains("java not found", "JAVA_HOME");
    }

    @Test
    void refusesAnOldJava() throws Exception {
        var result = sandbox.withJava("11.0.2").run("demo");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .singleElement()
                .asString()
                .contains("version 11.0.2", "17 or newer");
        assertThat(sandbox.builds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "demo,demo",
        "broker,demo",
        "bench,demo",
        "cluster,demo",
        "submit,demo",
        "savepoint,demo",
        "bench-kernel,bench",
        "simulate,apps",
        "chaos,demo",
        "replay,apps",
        "worker,apps",
        "topics,apps",
        "tail,apps",
        "page,apps",
        "alerts,apps",
        "spans,apps",
        "control,apps",
        "audit,apps",
        "redrive,apps",
        "version,apps"
    })
    void buildsAMissingJarAndPassesTheCommandOn(String command, String module) throws Exception {
        var result =
                sandbox.withJava("17.0.15")
                        .withBuildThatMakes(module)
                        .run(command, "--trace", "a file with spaces", "");

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .singleElement()
                .asString()
                .contains("building " + module + "/target/sluice-" + module + ".jar", "build.log");
        assertThat(sandbox.builds()).singleElement().asString().contains("-pl " + module + " -am");
        assertThat(result.out())
                .containsExactly(
                        "%s<-Dsluice.run.dir=%s><-jar><%s><%s><--trace><a file with spaces><>"
                                .formatted(
                                        OPTIONS.getOrDefault(command, "")
                                                .replace("HOME", sandbox.root().toString()),
                                        sandbox.root().resolve("run"),
                                        sandbox.jar(module),
                                        command));
    }

    @Test
    void chaosOnAVirtualClockNeedsNoCluster() throws Exception {
        var result =
                sandbox.withJava("17")
                        .withBuildThatMakes("apps")
                        .run("chaos", "--simulated", "--rules");

        assertThat(result.out())
                .containsExactly(
                        "<-Dsluice.run.dir=%s><-jar><%s><chaos><--simulated><--rules>"
                                .formatted(sandbox.root().resolve("run"), sandbox.jar("apps")));
    }

    @Test
    void buildsOnlyWhenASourceIsNewer() throws Exception {
        sandbox.withJava("21").withBuildThatMakes("demo").run("demo");
        Path source = Files.writeString(sandbox.root().resolve("apps/src/main/java/A.java"), "");
        makeAllOld(sandbox.root());

        Files.setLastModifiedTime(sandbox.jar("demo"), FileTime.from(Instant.now()));
        assertThat(sandbox.run("demo").err()).isEmpty();
        assertThat(sandbox.builds()).hasSize(1);

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(sandbox.run("demo").err()).hasSize(1);
        assertThat(sandbox.builds()).hasSize(2);
    }

    @Test
    void buildsWhenASourceWasRemoved() throws Exception {
        Path source = Files.writeString(sandbox.root().resolve("apps/src/main/java/A.java"), "");
        sandbox.withJava("21").withBuildThatMakes("demo").run("demo");
        makeAllOld(sandbox.root());

        Files.delete(source);

        assertThat(sandbox.run("demo").err()).hasSize(1);
        assertThat(sandbox.builds()).hasSize(2);
    }

    @Test
    void showsTheEndOfTheLogOfABuildThatFailed() throws Exception {
        var result =
                sandbox.withJava("17")
                        .withBuild("echo 'ERROR: no semicolon in Lane.java'; exit 3")
                        .run("demo");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasSize(3).contains("ERROR: no semicolon in Lane.java");
        assertThat(result.err().get(2))
                .startsWith("sluice: the build failed")
                .endsWith("run/build.log");
    }

    @Test
    void doesNotTrustABuildThatMadeNoJar() throws Exception {
        var result = sandbox.withJava("17").withBuild("true").run("demo");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).last().asString().contains("made no", "sluice-demo.jar");
    }

    @Test
    void worksFromAnywhereAndThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("project/sluice"));
        sandbox.withJava("17").withBuildThatMakes("demo");

        var result = sandbox.runIn(folder.resolve("bin"), link, "demo");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .singleElement()
                .asString()
                .contains(sandbox.jar("demo").toString());
    }

    private static void makeAllOld(Path root) throws Exception {
        try (var paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                Files.setLastModifiedTime(path, LONG_AGO);
            }
        }
    }
}
