package io.sluice.demo.chaos;

import io.sluice.demo.process.JavaProcess;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A worker as a process, which can be killed and started again with its ledger. */
final class ChaosWorker implements AutoCloseable {

    private static final int HEAP_MEGABYTES = 160;

    /** A simulated GPU runs so many times faster, so that requests are short. */
    static final int SPEEDUP = 100;

    /** Requests that it runs at once. */
    static final int PLACES = 16;

    private final int number;
    private final Path folder;
    private final String brokers;
    private final Equipment.Surroundings surroundings;
    private @Nullable JavaProcess process;

    /**
     * Starts nothing yet.
     *
     * @param number from 1; also its partition of the dispatch topic
     * @param folder for its ledger and log
     * @param surroundings how it is started
     */
    ChaosWorker(int number, Path folder, String brokers, Equipment.Surroundings surroundings) {
        this.number = number;
        this.folder = folder;
        this.brokers = brokers;
        this.surroundings = surroundings;
    }

    /** What the scheduler calls it. */
    String instance() {
        return "gpu-" + number;
    }

    /** Starts it; when it is ready, it says so to the scheduler. */
    void start() {
        List<String> arguments = new ArrayList<>(surroundings.arguments());
        arguments.addAll(
                List.of(
                        "worker",
                        "--simulate=RTXPRO6000_8B",
                        "--instance-id=" + instance(),
                        "--dispatch-partition=" + number,
                        "--batch=" + PLACES,
                        "--speedup=" + SPEEDUP,
                        "--ledger-dir=" + folder.resolve("ledgers/" + instance()),
                        "--bootstrap-servers=" + brokers));
        process =
                JavaProcess.start(
                        Programs.sluice(
                                instance(), HEAP_MEGABYTES, surroundings.mainClass(), arguments),
                        folder.resolve("log"),
                        surroundings.launcher());
    }

    /**
     * Its process.
     *
     * @throws IllegalStateException if it was never started
     */
    JavaProcess process() {
        if (process == null) {
            throw new IllegalStateException(instance() + " was not started");
        }
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
