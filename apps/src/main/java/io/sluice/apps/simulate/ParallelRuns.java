package io.sluice.apps.simulate;

import io.sluice.sim.fleet.RunListener;
import io.sluice.sim.result.RunFigures;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All runs of studies, as many at a time as there are threads; each is deterministic by itself. */
final class ParallelRuns {

    private static final RunListener NOBODY = result -> {};

    private final Effort effort;
    private final RunListeners listeners;
    private final Runnable onDone;

    /**
     * What to spend on them.
     *
     * @param threads runs at the same time
     * @param warmUps runs before each that counts, of which nobody hears: they have the virtual
     *     machine load and compile what the measured processor time is not to contain
     */
    record Effort(int threads, int warmUps) {

        /** Refuses what is no number of runs. */
        Effort {
            if (threads < 1) {
                throw new IllegalArgumentException(
                        "--threads is %d, must be 1 or more".formatted(threads));
            }
            if (warmUps < 0) {
                throw new IllegalArgumentException(
                        "--warm-up is %d, must be 0 or more".formatted(warmUps));
            }
        }
    }

    /**
     * How to run.
     *
     * @param effort what to spend
     * @param listeners who hears of the requests of a run
     * @param onDone called after each run, by the thread that waits for all
     */
    ParallelRuns(Effort effort, RunListeners listeners, Runnable onDone) {
        this.effort = effort;
        this.listeners = listeners;
        this.onDone = onDone;
    }

    /** Who hears of the requests of a run; several runs may go on at once. */
    interface RunListeners {

        RunListener of(Point point, String policy, long seed);
    }

    /** Runs each policy with each seed at each point; one summary for each policy at each point. */
    List<Summary> all(List<Point> points) {
        ExecutorService pool = Executors.newFixedThreadPool(effort.threads());
        try {
            List<Pending> pending = new ArrayList<>();
            for (Point point : points) {
                for (String policy : point.plan().policies()) {
                    pending.add(new Pending(point, policy, submit(pool, point, policy)));
                }
            }
            return pending.stream().map(this::finish).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private record Pending(Point point, String policy, List<Future<Cell>> runs) {}

    private List<Future<Cell>> submit(ExecutorService pool, Point point, String policy) {
        List<Future<Cell>> runs = new ArrayList<>();
        for (long seed : point.plan().seeds()) {
            runs.add(pool.submit(() -> run(point, policy, seed)));
        }
        return runs;
    }

    private Cell run(Point point, String policy, long seed) {
        Study study = point.plan().study();
        for (int i = 0; i < effort.warmUps(); i++) {
            study.run(policy, seed, new CpuClock(), NOBODY);
        }
        CpuClock clock = new CpuClock();
        RunFigures figures = study.run(policy, seed, clock, listeners.of(point, policy, seed));
        return new Cell(policy, seed, figures, clock.seconds());
    }

    private Summary finish(Pending pending) {
        List<Cell> cells = new ArrayList<>();
        for (Future<Cell> run : pending.runs()) {
            cells.add(result(run));
            onDone.run();
        }
        return new Summary(pending.point().at(), pending.policy(), cells);
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
