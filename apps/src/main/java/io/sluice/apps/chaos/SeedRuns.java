package io.sluice.apps.chaos;

import io.sluice.sim.protocol.ProtocolRun;
import io.sluice.sim.protocol.Rule;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Runs of many seeds, as many at a time as there are threads; each is deterministic by itself. */
final class SeedRuns {

    /** Seeds that a missing rule has to be seen within. */
    static final long SEEDS_OF_A_RULE = 1_000;

    private final int threads;
    private final Runnable onDone;

    /**
     * How to run.
     *
     * @param threads runs at the same time
     * @param onDone called after each run, or each rule, by any thread
     */
    SeedRuns(int threads, Runnable onDone) {
        this.threads = threads;
        this.onDone = onDone;
    }

    /**
     * What a rule is for.
     *
     * @param rule the rule that was switched off
     * @param firstSeed the first seed that breaks its promise then, if one of the first thousand
     *     does
     */
    record Missed(Rule rule, OptionalLong firstSeed) {}

    /** Runs so many seeds from one on without some rules. */
    Tally seeds(long first, long count, Set<Rule> off) {
        AtomicLong next = new AtomicLong(first);
        List<Callable<Tally>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            tasks.add(
                    () -> {
                        Tally tally = new Tally();
                        long seed = next.getAndIncrement();
                        while (seed < first + count && !Thread.currentThread().isInterrupted()) {
                            tally.add(ProtocolRun.ofSeed(seed, off));
                            onDone.run();
                            seed = next.getAndIncrement();
                        }
                        return tally;
                    });
        }
        Tally all = new Tally();
        all(tasks).forEach(all::add);
        return all;
    }

    /** Switches off one rule after the other, and looks for a seed that breaks its promise. */
    List<Missed> rules() {
        List<Callable<Missed>> tasks = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            tasks.add(
                    () -> {
                        Missed missed = new Missed(rule, firstSeedWithout(rule));
                        onDone.run();
                        return missed;
                    });
        }
        return all(tasks);
    }

    private static OptionalLong firstSeedWithout(Rule rule) {
        return LongStream.range(0, SEEDS_OF_A_RULE)
                .filter(seed -> ProtocolRun.ofSeed(seed, Set.of(rule)).breaks(rule.promise()))
                .findFirst();
    }

    private <T> List<T> all(List<Callable<T>> tasks) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : pool.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while simulating", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
