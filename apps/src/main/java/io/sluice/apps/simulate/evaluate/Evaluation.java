package io.sluice.apps.simulate.evaluate;

import io.sluice.apps.simulate.StudyCall;
import io.sluice.apps.simulate.Summary;
import io.sluice.apps.trace.workload.KeptTraces;
import io.sluice.apps.trace.workload.TraceOpener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

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

    /** Hundreds of runs go over the same few thousand requests. */
    private final TraceOpener traces = new KeptTraces(TraceOpener.FILES);

    /**
     * On what terms.
     *
     * @param prediction what policies see of the lengths
     * @param bisections how exact highest rates are
     * @param limit requests of a trace at most; 0 for the scenario's own
     * @param threads contenders at a time
     */
    record Terms(String prediction, int bisections, long limit, int threads) {

        /** Refuses what makes no evaluation, before hours of it. */
        Terms {
            StudyCall.checkPrediction(prediction);
            requireAtLeast(1, "--bisections", bisections);
            requireAtLeast(0, "--limit", limit);
            requireAtLeast(1, "--threads", threads);
        }

        private static void requireAtLeast(long least, String option, long value) {
            if (value < least) {
                throw new IllegalArgumentException(
                        "%s is %d, must be %d or more".formatted(option, value, least));
            }
        }
    }

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
        List<Contender> contenders = scenario.contenders();
        List<Rates> rates = together(contenders, contender -> rates(scenario, contender, workload));
        double common = COMMON_LOAD * rates.get(contenders.indexOf(Contender.FCFS)).predicted();
        return new Outcome(
                scenario,
                common,
                together(
                        contenders,
                        contender ->
                                compare(
                                        contender,
                                        workload,
                                        rates.get(contenders.indexOf(contender)),
                                        common)));
    }

    /** Does something for each contender, as many at a time as there are threads. */
    private <T> List<T> together(List<Contender> contenders, Function<Contender, T> work) {
        ExecutorService pool = Executors.newFixedThreadPool(terms.threads());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Contender contender : contenders) {
                futures.add(pool.submit(() -> work.apply(contender)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
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

    /** The highest rates with predictions and with true lengths. */
    private record Rates(double predicted, double clairvoyant) {}

    private Rates rates(Scenario scenario, Contender contender, StudyCall workload) {
        Rates rates =
                new Rates(
                        highestRate(contender, workload, terms.prediction()),
                        highestRate(contender, workload, TRUE_LENGTHS));
        progress.accept(scenario.name() + ": " + contender.label());
        return rates;
    }

    private Compared compare(Contender contender, StudyCall workload, Rates rates, double common) {
        return new Compared(
                contender,
                new Result(rates.predicted(), run(contender, workload, terms.prediction(), common)),
                new Result(rates.clairvoyant(), run(contender, workload, TRUE_LENGTHS, common)));
    }

    private double highestRate(Contender contender, StudyCall workload, String prediction) {
        return new HighestRate(terms.bisections())
                .of(
                        rate ->
                                run(contender, workload, prediction, rate).figure("attainment")
                                        >= ENOUGH);
    }

    private Summary run(Contender contender, StudyCall workload, String prediction, double rate) {
        return contender
                .in(workload)
                .with("--prediction", prediction)
                .with("--rate", Double.toString(rate))
                .run(1, traces)
                .get(0);
    }
}
