package io.sluice.apps.simulate;

import io.sluice.sim.result.RunFigures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All runs of a study, as many at a time as there are threads; each is deterministic by itself. */
final class ParallelRuns {

    private final Study study;
    private final int threads;
    private final RequestCsv lines;

    ParallelRuns(Study study, int threads, RequestCsv lines) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "--threads is %d, must be 1 or more".formatted(threads));
        }
        this.study = study;
        this.threads = threads;
        this.lines = lines;
    }

    /** Runs each policy with each seed. */
    List<Summary> all(List<String> policies, List<Long> seeds) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Cell>> futures = new ArrayList<>();
            for (String policy : policies) {
                for (long seed : seeds) {
                    futures.add(pool.submit(() -> run(policy, seed)));
                }
            }
            Map<String, List<Cell>> byPolicy = new LinkedHashMap<>();
            for (Future<Cell> future : futures) {
                Cell cell = result(future);
                byPolicy.computeIfAbsent(cell.policy(), p -> new ArrayList<>()).add(cell);
            }
            return Summary.of(policies, byPolicy);
        } finally {
            pool.shutdownNow();
        }
    }

    private Cell run(String policy, long seed) {
        CpuClock clock = new CpuClock();
        RunFigures figures = study.run(policy, seed, clock, lines.of(policy, seed));
        return new Cell(policy, seed, figures, clock.seconds());
    }

    private static Cell result(Future<Cell> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while simulating", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
