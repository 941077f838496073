package io.sluice.sim.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints how many requests of a real trace are simulated per second of processor time. Not part of
 * the build; docs/engine-model.md has the command.
 */
class EngineBenchmark {
    private static final String TRACE = "traces/azure2023/AzureLLMInferenceTrace_conv.csv.gz";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");
    private static final int REQUESTS = 10_000;
    private static final int INSTANCES = 4;
    private static final int ROUNDS = 12;

    private record Row(EngineRequest request, long atNanos) {}

    @ParameterizedTest
    @ValueSource(strings = {"A100_4B", "A5000_4B", "RTXPRO6000_8B"})
    void print(String name) {
        EngineProfile profile = EngineProfiles.named(name);
        List<Row> rows = read();
        for (int round = 1; round <= ROUNDS; round++) {
            long before = cpuNanos();
            Fleet fleet = new Fleet(profile);
            rows.forEach(fleet::submit);
            fleet.drain();
            double seconds = (cpuNanos() - before) / 1e9;
            if (round == 1 || round == ROUNDS) {
                System.out.printf(
                        "%s round %d: %d requests (%d refused), %d instances, %d events, %d steps, %d calls, %.3f CPU s,"
                                + " %.0f requests per CPU s, %.0f simulated s%n",
                        name,
                        round,
                        rows.size(),
                        fleet.refused,
                        INSTANCES,
                        fleet.events,
                        fleet.steps(),
                        fleet.calls,
                        seconds,
                        rows.size() / seconds,
                        fleet.now / 1e9);
            }
        }
    }

    /** Engines in turn, on one virtual clock. */
    private static final class Fleet {
        private final List<ContinuousBatchingEngine> engines = new ArrayList<>();
        private int turn;
        private long events;
        private long calls;
        private long refused;
        private long now;

        Fleet(EngineProfile profile) {
            for (int i = 0; i < INSTANCES; i++) {
                engines.add(new ContinuousBatchingEngine(profile));
            }
        }

        void submit(Row row) {
            runUntil(row.atNanos());
            ContinuousBatchingEngine engine = engines.get(turn++ % INSTANCES);
            if (engine.submit(row.request(), row.atNanos()) instanceof Submission.Refused) {
                refused++;
            }
        }

        void drain() {
            runUntil(ContinuousBatchingEngine.NEVER);
        }

        long steps() {
            return engines.stream().mapToLong(e -> e.snapshot().totals().steps()).sum();
        }

        private void runUntil(long until) {
            for (ContinuousBatchingEngine next = earliest();
                    next.nextEventAt() < until;
                    next = earliest()) {
                now = next.nextEventAt();
                calls++;
                next.advanceTo(now, event -> events++);
            }
        }

        private ContinuousBatchingEngine earliest() {
            ContinuousBatchingEngine earliest = engines.get(0);
            for (ContinuousBatchingEngine engine : engines) {
                earliest = engine.nextEventAt() < earliest.nextEventAt() ? engine : earliest;
            }
            return earliest;
        }
    }

    private static List<Row> read() {
        List<String> lines = SharedData.lines(TRACE);
        List<Row> rows = new ArrayList<>();
        LocalDateTime first = LocalDateTime.parse(lines.get(1).split(",")[0], TIMESTAMP);
        for (String line : lines.subList(1, REQUESTS + 1)) {
            String[] fields = line.split(",");
            long at = ChronoUnit.NANOS.between(first, LocalDateTime.parse(fields[0], TIMESTAMP));
            rows.add(
                    new Row(
                            EngineRequest.of(
                                    "r" + rows.size(),
                                    Integer.parseInt(fields[1]),
                                    Integer.parseInt(fields[2].trim())),
                            at));
        }
        return rows;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
