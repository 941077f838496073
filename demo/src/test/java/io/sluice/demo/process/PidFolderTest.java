package io.sluice.demo.process;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PidFolderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;
    private PidFolder processes;

    @BeforeEach
    void makeFolder() {
        processes = new PidFolder(folder.resolve("pids"), folder.resolve("log"));
    }

    @AfterEach
    void leaveNothingBehind() {
        for (String name : List.of("child", "parent", "stubborn")) {
            processes.running(name).ifPresent(process -> process.awaitEnd(Duration.ZERO));
        }
    }

    @Test
    void findsAProcessThatOutlivedTheOneThatStartedIt() throws Exception {
        JavaCommand parent =
                command("parent", Parent.class, folder.resolve("pids"), folder.resolve("log"));
        try (JavaProcess starter = JavaProcess.start(parent, folder)) {
            Await.until("the child to run", PATIENCE, () -> output("child").contains("running"));
            starter.kill();
        }

        StandingProcess child = processes.running("child").orElseThrow();

        assertThat(processes.pid("child")).contains(child.pid());
        assertThat(child.since()).isBetween(Instant.now().minus(PATIENCE), Instant.now());
        child.requireAlive();
        child.askToEnd();
        assertThat(child.awaitEnd(PATIENCE)).isTrue();
        assertThat(output("child")).contains("goodbye");
        assertThat(processes.running("child")).isEmpty();
    }

    @Test
    void knowsWhoWasKilledUntilItIsForgotten() throws Exception {
        StandingProcess child = startChild();
        ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
        Await.until("its death to be seen", PATIENCE, () -> !child.isAlive());

        assertThat(processes.running("child")).isEmpty();
        assertThat(processes.pid("child")).contains(child.pid());
        assertThatThrownBy(child::requireAlive)
                .isInstanceOf(AwaitException.class)
                .hasMessageContaining("child has ended")
                .hasMessageContaining("running");

        processes.forget("child");
        assertThat(processes.pid("child")).isEmpty();
    }

    /** A process id is given out again; here to the process of this test. */
    @Test
    void doesNotTakeAnotherProcessForItsOwn() throws Exception {
        Files.createDirectories(folder.resolve("pids"));
        for (String file : List.of("child.pid", "unreadable.pid")) {
            Files.writeString(folder.resolve("pids").resolve(file), "no number");
        }
        assertThat(processes.running("unreadable")).isEmpty();
        Files.writeString(
                folder.resolve("pids/child.pid"), Long.toString(ProcessHandle.current().pid()));

        assertThat(processes.running("child")).isEmpty();
        assertThat(processes.pid("child")).contains(ProcessHandle.current().pid());
    }

    /** Names may begin alike. */
    @Test
    void doesNotTakeANamesakeForItsOwn() throws Exception {
        StandingProcess child = startChild();
        Files.writeString(folder.resolve("pids/chi.pid"), Long.toString(child.pid()));

        assertThat(processes.running("chi")).isEmpty();
    }

    @Test
    void startsNoneTwice() throws Exception {
        StandingProcess child = startChild();

        assertThatThrownBy(this::startChild)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("child runs already, with process id " + child.pid());
    }

    @Test
    void killsWhoDoesNotEnd() throws Exception {
        StandingProcess stubborn =
                processes.start(command("stubborn", Stubborn.class, folder.resolve("unused")));
        Await.until("it to run", PATIENCE, () -> output("stubborn").contains("running"));

        stubborn.askToEnd();

        assertThat(stubborn.awaitEnd(Duration.ofMillis(300))).isFalse();
        assertThat(stubborn.isAlive()).isFalse();
    }

    private StandingProcess startChild() {
        StandingProcess child = processes.start(command("child", Child.class));
        Await.until("the child to run", PATIENCE, () -> output("child").contains("running"));
        return child;
    }

    private static JavaCommand command(String name, Class<?> main, Path... arguments) {
        List<String> small = List.of("-Xmx32m", "-XX:TieredStopAtLevel=1");
        return new JavaCommand(
                name,
                ClassPath.current(),
                small,
                main.getName(),
                List.of(arguments).stream().map(Path::toString).toList());
    }

    private String output(String name) throws Exception {
        return Files.readString(folder.resolve("log").resolve(name + ".out"));
    }

    /** Starts a child, and waits for ever. */
    public static final class Parent {

        public static void main(String[] arguments) throws Exception {
            new PidFolder(Path.of(arguments[0]), Path.of(arguments[1]))
                    .start(command("child", Child.class));
            Thread.currentThread().join();
        }
    }

    /** Waits for ever, and says goodbye. */
    public static final class Child {

        public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
            System.out.println("running");
            Thread.currentThread().join();
        }
    }

    /** Does not end when it is asked to. */
    public static final class Stubborn {

        public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(Stubborn::waitForEver));
            System.out.println("running");
            Thread.currentThread().join();
        }

        private static void waitForEver() {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
