package io.sluice.apps.simulate.evaluate;

import io.sluice.apps.simulate.StudyCall;
import io.sluice.apps.simulate.Summary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Tries all contenders on a scenario. */
final class Evaluation {

    /** Part of the requests that must meet their targets. */
    static final double ENOUGH = 0.99;

    /** All are compared at this multiple of what first come first served can bear. */
    static final double COMMON_LOAD = 1.2;

    private static final String TRUE_LENGTHS = "exact";

    private final Path folder;
    private final Terms terms;
    private final Consumer<String> progress;

    /**
     * On what terms.
     *
     * @param prediction what policies see of the lengths
     * @param bisections how exact highest rates are
     * @param limit requests of a trace at most; 0 for the scenario's own
     * @param threads contenders at a time
     */
    record Terms(String prediction, int bisections, long limit, int threads) {}

    /**
     * A contender's results.
     *
     * @param predicted with predictions
     * @param clairvoyant with true lengths
     */
    record Compared(Contender contender, Result predicted, Result clairvoyant) {}

    /**
     * All of a scenario.
     *
     * @param commonRate rate at which contenders are compared, per second
     * @param compared in the scenario's order
     */
    record Outcome(Scenario scenario, double commonRate, List<Compared> compared) {}

    Evaluation(Path folder, Terms terms, Consumer<String> progress) {
        this.folder = folder;
        this.terms = terms;
        this.progress = progress;
    }

    Outcome of(Scenario scenario) {
        StudyCall workload = limited(scenario.workload(folder));
        double fcfs = highestRate(Contender.FCFS, workload, terms.prediction());
        double common = COMMON_LOAD * fcfs;
        ExecutorService pool = Executors.newFixedThreadPool(terms.threads());
        try {
            List<Future<Compared>> futures = new ArrayList<>();
            for (Contender contender : scenario.contenders()) {
                futures.add(pool.submit(() -> compare(scenario, contender, workload, common)));
            }
            List<Compared> compared = new ArrayList<>();
            for (Future<Compared> future : futures) {
                compared.add(future.get());
            }
            return new Outcome(scenario, common, compared);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while evaluating", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private StudyCall limited(StudyCall call) {
        return terms.limit() == 0 ? call : call.with("--limit", Long.toString(terms.limit()));
    }

    private Compared compare(
            Scenario scenario, Contender contender, StudyCall workload, double common) {
        Compared compared =
                new Compared(
                        contender,
                        result(contender, workload, terms.prediction(), common),
                        result(contender, workload, TRUE_LENGTHS, common));
        progress.accept(scenario.name() + ": " + contender.label());
        return compared;
    }

    private Result result(
            Contender contender, StudyCall workload, String prediction, double common) {
        return new Result(
                highestRate(contender, workload, prediction),
                run(contender, workload, prediction, common));
    }

    private double highestRate(Contender contender, StudyCall workload, String prediction) {
        return new HighestRate(terms.bisections())
                .of(
                        rate ->
                                run(contender, workload, prediction, rate).figure("attainment")
                                        >= ENOUGH);
    }

    private static Summary run(
            Contender contender, StudyCall workload, String prediction, double rate) {
        return contender
                .in(workload)
                .with("--prediction", prediction)
                .with("--rate", Double.toString(rate))
                .run(1)
                .get(0);
    }
}
