package io.sluice.demo.chaos;

import io.sluice.demo.process.Await;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Carries a round out: load, faults at their times, quiet, audit. */
final class Round {

    /** From the end of the load until everything has ended: deadlines and retries included. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final ChaosSystem system;
    private final TopicWatch watch;
    private final Credits credits;
    private final Path logs;

    /**
     * For the rounds of a run.
     *
     * @param credits that all have to be free when nothing is to be done
     * @param logs for the output of audits
     */
    Round(ChaosSystem system, TopicWatch watch, Credits credits, Path logs) {
        this.system = system;
        this.watch = watch;
        this.credits = credits;
        this.logs = logs;
    }

    /**
     * Sends what a round without faults sends, and waits until everything has ended. Nothing is
     * audited: the next audit sees it, too.
     *
     * @param rate requests per second
     * @return how long requests waited to be dispatched, in milliseconds
     * @throws RuntimeException if it does not come to rest, with what is missing
     */
    List<Long> rehearse(PlannedRound planned, int rate) {
        watch.dispatches().takeWaits();
        system.load().start(planned, rate);
        awaitQuiet();
        return watch.dispatches().takeWaits();
    }

    /** A step of a round: a fault, or its healing. */
    private record Step(Duration at, Runnable action) {}

    /**
     * Carries a round out.
     *
     * @param rate requests per second
     * @throws RuntimeException if it does not come to rest, with what is missing
     */
    RoundResult run(PlannedRound planned, int rate) {
        List<StruckFault> struck = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        planned.faults().forEach(fault -> addSteps(fault, steps, struck));
        steps.sort(Comparator.comparing(Step::at));
        system.load().start(planned, rate);
        long startedNanos = System.nanoTime();
        for (Step step : steps) {
            sleepUntil(startedNanos + step.at().toNanos());
            step.action().run();
        }
        awaitQuiet();
        watch.dispatches().awaitNoMore();
        JsonNode audit = AuditRun.of("audit-" + planned.number(), system.brokers(), logs);
        return new RoundResult(planned.number(), struck, audit, credits.check());
    }

    private void addSteps(PlannedFault planned, List<Step> steps, List<StruckFault> struck) {
        Stopwatch.Healing healing = new Stopwatch.Healing();
        List<Fault> injected = new ArrayList<>();
        steps.add(
                new Step(
                        planned.at(),
                        () -> {
                            Fault fault = new Targets(system).of(planned);
                            Stopwatch recovery = recovery(planned.kind(), fault, healing);
                            fault.inject();
                            injected.add(fault);
                            struck.add(new StruckFault(planned, fault.target(), recovery));
                        }));
        steps.add(
                new Step(
                        planned.healedAt(),
                        () -> {
                            injected.forEach(Fault::heal);
                            healing.done();
                        }));
    }

    private @Nullable Stopwatch recovery(FaultKind kind, Fault fault, Stopwatch.Healing healing) {
        Dispatches dispatches = watch.dispatches();
        return switch (kind.recovery()) {
            case NONE -> null;
            case NEXT_EPOCH -> dispatches.untilNextEpoch();
            case NEXT_INCARNATION -> dispatches.untilNextIncarnation(fault.target(), healing);
            case ONCE_HEALED -> dispatches.untilAfter(healing);
        };
    }

    private static void sleepUntil(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a round", interrupted);
        }
    }

    private void awaitQuiet() {
        system.load().awaitEnd();
        system.awaitWhole(PATIENCE);
        long sentNanos = System.nanoTime();
        Await.until(
                "every request to end",
                PATIENCE,
                () -> {
                    system.startDeadWorkers();
                    return watch.sawAllUntil(sentNanos) && watch.ends().open() == 0;
                });
    }
}
