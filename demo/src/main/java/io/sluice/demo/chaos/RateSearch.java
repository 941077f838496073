package io.sluice.demo.chaos;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How many requests per second are sent. What is told of recovery is worth little where requests
 * wait anyway, and as little where there is hardly any load.
 */
final class RateSearch {

    /**
     * A request that waited longer was delayed: the pace of a fleet is a matter of milliseconds.
     */
    private static final double MOST_LAG_MILLIS = 1_000;

    /** Until what is compiled late is compiled; a machine that is too slow stays so. */
    private static final int MOST_WARM_UPS = 4;

    private static final List<Integer> RATES =
            List.of(200, 250, 300, 400, 500, 600, 800, 1_000, 1_250, 1_500, 2_000);

    private final Round round;
    private final Consumer<String> console;

    /** Sends nothing yet. */
    RateSearch(Round round, Consumer<String> console) {
        this.round = round;
        this.console = console;
    }

    /**
     * Warms everything up, and searches.
     *
     * @param wanted by the user; null for the highest rate of which 99 % are dispatched within a
     *     second, or the lowest that is tried if none is
     * @return requests per second
     */
    int warmedUp(@Nullable Integer wanted) {
        int first = wanted == null ? RATES.get(0) : wanted;
        for (int time = 1; time <= MOST_WARM_UPS; time++) {
            if (lag(PlannedRound.warmUp(time), first) <= MOST_LAG_MILLIS) {
                break;
            }
        }
        return wanted == null ? highest() : wanted;
    }

    private int highest() {
        int highest = RATES.get(0);
        for (int rate : RATES) {
            if (lag(PlannedRound.trial(rate), rate) > MOST_LAG_MILLIS) {
                return highest;
            }
            highest = rate;
        }
        return highest;
    }

    private double lag(PlannedRound planned, int rate) {
        double lag = ChaosReport.percentile(round.rehearse(planned, rate), 99);
        console.accept(
                String.format(
                        Locale.ROOT,
                        "%s: %d requests per second, dispatch lag p99 %.0f ms",
                        planned.title(),
                        rate,
                        lag));
        return lag;
    }
}
