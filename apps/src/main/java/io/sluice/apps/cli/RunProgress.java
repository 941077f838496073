package io.sluice.apps.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** How many runs are done, on the terminal's standard error; nothing where there is no terminal. */
public final class RunProgress implements AutoCloseable {

    private final @Nullable ProgressBar bar;

    private RunProgress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * None is done yet.
     *
     * @param task what is being done, such as {@code simulating}
     * @param runs how many there will be; of a single one nothing is shown
     */
    public static RunProgress of(String task, long runs) {
        if (!Terminal.isWatched() || runs == 1) {
            return new RunProgress(null);
        }
        return new RunProgress(
                new ProgressBarBuilder()
                        .setTaskName(task)
                        .setUnit(" runs", 1)
                        .setInitialMax(runs)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .build());
    }

    /** One more is done; any thread may say so. */
    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
