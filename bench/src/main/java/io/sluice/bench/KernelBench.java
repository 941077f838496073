package io.sluice.bench;

import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

import java.util.Map;
import java.util.TreeMap;

/** Measures scenarios, each at a depth, beside a plain queue at the same depth. */
final class KernelBench {

    static {
        // Finding out which kind of black hole is best starts two processes for each benchmark; one
        // operation of these takes a thousand times as long as the slowest kind.
        System.setProperty("jmh.blackhole.autoDetect", "false");
    }

    private final Effort effort;
    private final Map<Integer, Double> plainNanos = new TreeMap<>();

    KernelBench(Effort effort) {
        this.effort = effort;
    }

    /** Nanoseconds to add a request to a plain queue and take one, measured once for each depth. */
    double plainNanos(int depth) throws RunnerException {
        Double known = plainNanos.get(depth);
        if (known == null) {
            known = median(options(PlainQueueBenchmark.class, depth));
            plainNanos.put(depth, known);
        }
        return known;
    }

    /** What a scenario costs at a depth. */
    Measurement measure(Scenario scenario, int depth) throws RunnerException {
        return new Measurement(
                scenario,
                depth,
                turnNanos(scenario, depth, false),
                turnNanos(scenario, depth, true),
                plainNanos(depth),
                Footprint.of(scenario, depth));
    }

    private double turnNanos(Scenario scenario, int depth, boolean keepsState)
            throws RunnerException {
        return median(
                options(LaneBenchmark.class, depth)
                        .param("scenario", scenario.label())
                        .param("keepsState", Boolean.toString(keepsState)));
    }

    private ChainedOptionsBuilder options(Class<?> benchmark, int depth) {
        return effort.options(benchmark).param("depth", Integer.toString(depth));
    }

    /** Of the iterations: other work on the machine makes some of them slow, and none fast. */
    private static double median(ChainedOptionsBuilder options) throws RunnerException {
        double[] nanos =
                new Runner(options.build())
                        .run().stream()
                                .flatMap(run -> run.getBenchmarkResults().stream())
                                .flatMap(fork -> fork.getIterationResults().stream())
                                .mapToDouble(KernelBench::nanosPerTurn)
                                .sorted()
                                .toArray();
        return nanos[nanos.length / 2];
    }

    private static double nanosPerTurn(IterationResult iteration) {
        return iteration.getSecondaryResults().get(ProcessorTime.NAME).getScore();
    }
}
