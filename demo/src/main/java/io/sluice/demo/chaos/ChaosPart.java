package io.sluice.demo.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Rounds on one cluster, from its start to its end. */
final class ChaosPart {

    /** New findings of a round that are told at once; all are in the report. */
    private static final int MOST_TOLD = 5;

    private final ChaosSettings settings;
    private final List<PlannedRound> plan;
    private final int rounds;
    private final Consumer<String> console;
    private final List<RoundResult> results = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private int rate;
    private double undisturbedLagMillis;

    /**
     * Starts nothing yet.
     *
     * @param settings of this part
     * @param plan its rounds
     * @param rounds how many there are in all parts
     */
    ChaosPart(
            ChaosSettings settings, List<PlannedRound> plan, int rounds, Consumer<String> console) {
        this.settings = settings;
        this.plan = plan;
        this.rounds = rounds;
        this.console = console;
    }

    /**
     * Carries them out. A round that does not come to an end is the last one.
     *
     * @throws RuntimeException if the cluster does not start
     */
    PartResult run() {
        try (ChaosSystem system = ChaosSystem.start(settings, console);
                TopicWatch watch = TopicWatch.start(system.brokers())) {
            Path logs = settings.directory().resolve("log");
            Credits credits = new Credits(system.cluster().rest(), system.job(), capacity());
            Round round = new Round(system, watch, credits, logs);
            rounds(round, watch);
            return new PartResult(
                    rate, undisturbedLagMillis, results, watch.dispatches().again(), unfinished);
        }
    }

    private int capacity() {
        return settings.workers() * ChaosWorker.PLACES;
    }

    private void rounds(Round round, TopicWatch watch) {
        RateSearch search = new RateSearch(round, console);
        rate = search.warmedUp(settings.rate());
        boolean goesOn = runs(round, PlannedRound.UNDISTURBED);
        undisturbedLagMillis = ChaosReport.percentile(watch.dispatches().takeWaits(), 99);
        console.accept("dispatch lag p99 %.0f ms".formatted(undisturbedLagMillis));
        for (PlannedRound planned : plan) {
            if (goesOn) {
                goesOn = runs(round, planned);
                watch.dispatches().takeWaits();
            }
        }
    }

    private boolean runs(Round round, PlannedRound planned) {
        long startedNanos = System.nanoTime();
        try {
            RoundResult result = round.run(planned, rate);
            results.add(result);
            say(planned.title(), result, Duration.ofNanos(System.nanoTime() - startedNanos));
            return true;
        } catch (RuntimeException exception) {
            String what = "UNFINISHED: %s: %s".formatted(planned.title(), exception);
            unfinished.add(what);
            console.accept(what);
            return false;
        }
    }

    private void say(String title, RoundResult result, Duration took) {
        console.accept(
                String.format(
                        Locale.ROOT,
                        "%s of %d, %d s: %,d submitted in all, %d findings",
                        title,
                        rounds,
                        took.toSeconds(),
                        result.audit().path("submitted").asLong(),
                        result.findings().size()));
        result.faults().forEach(fault -> console.accept("  " + fault.words()));
        result.findings().stream()
                .filter(told::add)
                .limit(MOST_TOLD)
                .forEach(finding -> console.accept("  FOUND " + finding));
    }
}
