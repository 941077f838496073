package io.sluice.bench;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How long a benchmark is run. */
enum Effort {
    /** As little as shows that it runs, in this process. */
    ONCE(0, 0, 1, 1),
    /** A first look, in this process: what ran before has a say in how code was compiled. */
    SHORT(0, 4, 5, 200),
    /** For a table that is kept: a process for each figure. */
    FULL(1, 5, 9, 500);

    private final int forks;
    private final int warmups;
    private final int iterations;
    private final long iterationMillis;

    Effort(int forks, int warmups, int iterations, long iterationMillis) {
        this.forks = forks;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
    }

    /** The options of a benchmark that is run so. Its process has the options of this one. */
    ChainedOptionsBuilder options(Class<?> benchmark) {
        return new OptionsBuilder()
                .include("\\b" + benchmark.getSimpleName() + "\\b")
                .forks(forks)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(iterationMillis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(iterationMillis))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }
}
