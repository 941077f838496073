package io.sluice.demo.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A project folder with the real launcher and stand-ins for what it calls: {@code mvnw} notes that
 * it ran and makes the jar, {@code java} prints its version or its arguments.
 */
final class Sandbox {

    private static final List<String> TOOLS =
            List.of(
                    "bash",
                    "cat",
                    "dirname",
                    "find",
                    "flock",
                    "mkdir",
                    "readlink",
                    "sed",
                    "tail",
                    "touch");

    private final Path root;
    private final Path bin;

    Sandbox(Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("project"));
        bin = Files.createDirectories(folder.resolve("bin"));
        Path launcher = Path.of(System.getProperty("sluice.project.root"), "sluice");
        Files.copy(launcher, root.resolve("sluice"));
        makeExecutable(root.resolve("sluice"));
        for (String tool : TOOLS) {
            // A script and not a link: JUnit warns of links that lead out of its temporary folder.
            script(bin.resolve(tool), "exec '%s' \"$@\"\n".formatted(onPath(tool)));
        }
        for (String module : List.of("demo", "apps", "bench")) {
            Files.createDirectories(root.resolve(module + "/src/main/java"));
            Files.writeString(root.resolve(module + "/pom.xml"), "");
        }
        Files.createDirectories(root.resolve("deploy/flink"));
        Files.writeString(root.resolve("pom.xml"), "");
    }

    private static Path onPath(String tool) {
        for (String folder : System.getenv("PATH").split(":")) {
            Path candidate = Path.of(folder, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("the launcher's tests need " + tool + " on the PATH");
    }

    Path root() {
        return root;
    }

    Path jar(String module) {
        return root.resolve(module + "/target/sluice-" + module + ".jar");
    }

    Sandbox withJava(String version) throws IOException {
        script(
                bin.resolve("java"),
                """
                if [[ $1 == -version ]]; then echo 'openjdk version "%s" 2025-04-15' >&2; exit; fi
                printf '<%%s>' "$@"; echo
                """
                        .formatted(version));
        return this;
    }

    Sandbox withBuildThatMakes(String module) throws IOException {
        String jar = jar(module).toString();
        return withBuild("mkdir -p '%s'; touch '%s'".formatted(Path.of(jar).getParent(), jar));
    }

    Sandbox withBuild(String script) throws IOException {
        script(root.resolve("mvnw"), "echo \"$*\" >> builds\n" + script + "\n");
        return this;
    }

    /** The arguments of each build so far. */
    List<String> builds() throws IOException {
        Path notes = root.resolve("builds");
        return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
    }

    Result run(String... arguments) throws Exception {
        return runIn(root, root.resolve("sluice"), arguments);
    }

    Result runIn(Path folder, Path launcher, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(launcher.toString()));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile(root, "out", "");
        Path err = Files.createTempFile(root, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        int code = builder.start().waitFor();
        return new Result(code, Files.readAllLines(out), Files.readAllLines(err));
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!" + onPath("bash") + "\nset -e\n" + body);
        makeExecutable(file);
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What a run printed, and its exit code. */
    record Result(int code, List<String> out, List<String> err) {}
}
