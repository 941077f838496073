package io.sluice.demo.rules;

import io.sluice.demo.apps.WorkerProcess;
import io.sluice.demo.process.JavaProcess;
import io.sluice.schemas.avro.InferenceRequest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code sluice worker} in a process of its own, among the workers of a scene. */
final class RealWorker {

    private RealWorker() {}

    /**
     * Starts one; its registration is on its way when this returns.
     *
     * @param partition of its commands
     * @param folder its ledger and what it prints
     */
    static JavaProcess start(
            Scene scene, String instanceId, int partition, Path folder, String... options) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--topic-prefix=" + scene.prefix().value(),
                                "--model=" + Scene.MODEL,
                                "--dispatch-partition=" + partition));
        all.addAll(List.of(options));
        return WorkerProcess.start(
                scene.stage().bootstrapServers(), instanceId, folder, all.toArray(String[]::new));
    }

    /** Stops a process where it is, as a machine that is out of breath does. */
    static void stop(JavaProcess process) {
        signal("STOP", process);
    }

    /** Lets a stopped process go on. */
    static void resume(JavaProcess process) {
        signal("CONT", process);
    }

    private static void signal(String name, JavaProcess process) {
        try {
            int code =
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .inheritIO()
                            .start()
                            .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -%s failed".formatted(name));
            }
        } catch (IOException | InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** A request that runs for so many tokens, at some 75 a second. */
    static InferenceRequest.Builder running(String id, int tokens) {
        return Scene.request(id).setMinTokens(tokens).setMaxTokens(tokens);
    }
}
