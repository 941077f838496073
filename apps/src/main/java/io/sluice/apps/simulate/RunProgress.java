package io.sluice.apps.simulate;

import io.sluice.apps.cli.Terminal;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** How many runs are done, on the terminal's standard error; nothing where there is no terminal. */
final class RunProgress implements AutoCloseable {

    private final @Nullable ProgressBar bar;

    private RunProgress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** None is done yet. */
    static RunProgress of(List<Point> points) {
        long runs =
                points.stream()
                        .map(Point::plan)
                        .mapToLong(plan -> (long) plan.policies().size() * plan.seeds().size())
                        .sum();
        if (!Terminal.isWatched() || runs == 1) {
            return new RunProgress(null);
        }
        return new RunProgress(
                new ProgressBarBuilder()
                        .setTaskName("simulating")
                        .setUnit(" runs", 1)
                        .setInitialMax(runs)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .build());
    }

    /** One more is done. */
    void step() {
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
