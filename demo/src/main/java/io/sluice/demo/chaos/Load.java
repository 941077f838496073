package io.sluice.demo.chaos;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;
import io.sluice.demo.process.JavaProcess;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The requests of a round: mixed classes, tenants and deadlines, some cancelled, sent twice, or
 * waiting for others. A replayer that was killed sends all of them again, under the same ids.
 */
final class Load implements AutoCloseable {

    private static final int HEAP_MEGABYTES = 256;
    private static final int MOST_STARTS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ChaosSettings settings;
    private final String brokers;
    private final Path logs;
    private final Consumer<String> console;
    private @Nullable JavaProcess process;
    private List<String> arguments = List.of();

    /** Sends nothing yet. */
    Load(ChaosSettings settings, String brokers, Path logs, Consumer<String> console) {
        this.settings = settings;
        this.brokers = brokers;
        this.logs = logs;
        this.console = console;
    }

    /**
     * Starts to send.
     *
     * @param round whose requests they are, and for how long
     * @param rate requests per second
     */
    void start(PlannedRound round, int rate) {
        long requests = Math.max(1, round.load().toMillis() * rate / 1_000);
        arguments =
                List.of(
                        "replay",
                        "--synthetic",
                        "--quiet",
                        "--seed=" + (settings.seed() + round.number()),
                        "--run-id=" + round.title(),
                        "--limit=" + requests,
                        "--rate=" + rate,
                        "--arrivals=poisson",
                        "--cancels=0.03",
                        "--duplicates=0.03",
                        "--priority-mix=P0=0.1,P1=0.2,P2=0.3,P4=0.4",
                        "--slo=P0:deadline=30s..120s;*:ttl=120s",
                        "--wait-for",
                        "--bootstrap-servers=" + brokers);
        launch();
    }

    /** Starts the same again, after its process was killed. */
    void launch() {
        process = JavaProcess.start(Programs.sluice("replay", HEAP_MEGABYTES, arguments), logs);
    }

    /**
     * The process that sends.
     *
     * @throws IllegalStateException if none was ever started
     */
    JavaProcess process() {
        if (process == null) {
            throw new IllegalStateException("nothing is being sent");
        }
        return process;
    }

    /**
     * Waits until everything has been sent. A replayer that ended before, as it does when it finds
     * no broker at its start, is started again.
     */
    void awaitEnd() {
        int[] starts = {0};
        Await.until(
                "the load to be sent",
                PATIENCE,
                () -> {
                    JavaProcess sending = process();
                    if (sending.isAlive()) {
                        return false;
                    }
                    if (sending.exitValue() == 0) {
                        return true;
                    }
                    requireFewer(++starts[0]);
                    console.accept("the replayer had ended, and is started again");
                    launch();
                    return false;
                });
    }

    private void requireFewer(int starts) {
        if (starts > MOST_STARTS) {
            throw new AwaitException(
                    "the replayer ends again and again; its output is "
                            + logs.resolve("replay.out"));
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
