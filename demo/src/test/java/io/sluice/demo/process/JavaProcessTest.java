package io.sluice.demo.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JavaProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;

    @Test
    void isEndedByTheDeathOfItsParent() throws Exception {
        try (JavaProcess parent = start("parent", Parent.class, folder.toString())) {
            Await.until("the child to run", PATIENCE, () -> output("child").contains("running"));
            ProcessHandle child = ProcessHandle.of(Long.parseLong(output("parent").strip())).get();
            assertThat(child.isAlive()).isTrue();

            parent.kill();

            Await.until("the child to end", PATIENCE, () -> !child.isAlive());
        }
    }

    @Test
    void lastsAsLongAsItsParentDoes() throws Exception {
        try (JavaProcess child = start("child", Child.class)) {
            Await.until("the child to run", PATIENCE, () -> output("child").contains("running"));

            assertThat(child.isAlive()).isTrue();
            child.requireAlive();
        }
    }

    @Test
    void terminatesInOrder() throws Exception {
        try (JavaProcess child = start("child", Child.class)) {
            Await.until("the child to run", PATIENCE, () -> output("child").contains("running"));

            assertThat(child.terminate(PATIENCE)).isTrue();

            assertThat(output("child")).contains("goodbye");
        }
    }

    @Test
    void killsWithoutGoodbye() throws Exception {
        try (JavaProcess child = start("child", Child.class)) {
            Await.until("the child to run", PATIENCE, () -> output("child").contains("running"));

            child.kill();

            assertThat(output("child")).doesNotContain("goodbye");
            assertThatThrownBy(child::requireAlive)
                    .isInstanceOf(AwaitException.class)
                    .hasMessageContaining("child ended with code 137")
                    .hasMessageContaining("running");
        }
    }

    private JavaProcess start(String name, Class<?> main, String... arguments) {
        return JavaProcess.start(command(name, main, arguments), folder);
    }

    private static JavaCommand command(String name, Class<?> main, String... arguments) {
        List<String> small = List.of("-Xmx32m", "-XX:TieredStopAtLevel=1");
        return new JavaCommand(
                name, ClassPath.current(), small, main.getName(), List.of(arguments));
    }

    private String output(String name) throws Exception {
        return Files.readString(folder.resolve(name + ".out"));
    }

    /** Starts a child, prints its process id, and waits for ever. */
    public static final class Parent {

        public static void main(String[] arguments) throws Exception {
            JavaProcess child =
                    JavaProcess.start(command("child", Child.class), Path.of(arguments[0]));
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }

    /** Waits for ever. */
    public static final class Child {

        public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
            System.out.println("running");
            Thread.currentThread().join();
        }

        /** Takes its time, as a program does that has work to give back. */
        private static void sayGoodbye() {
            long untilNanos = System.nanoTime() + Duration.ofMillis(200).toNanos();
            while (System.nanoTime() < untilNanos) {
                Thread.onSpinWait();
            }
            System.out.println("goodbye");
        }
    }
}
