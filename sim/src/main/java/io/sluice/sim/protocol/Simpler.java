package io.sluice.sim.protocol;

import io.sluice.core.model.Dependency;
import io.sluice.sim.protocol.Step.Moment;

import java.util.ArrayList;
import java.util.List;

/** Steps that are simpler than a step in one regard each: fewer words, shorter times, earlier. */
final class Simpler {

    private static final long NEVER = -1;

    private final List<Step> found = new ArrayList<>();
    private final Step step;

    private Simpler(Step step) {
        this.step = step;
    }

    /** Simpler steps, the most promising first. */
    static List<Step> than(Step step) {
        Simpler simpler = new Simpler(step);
        if (step instanceof Step.Submit s) {
            simpler.submit(s.atMillis(), s.submission());
            simpler.earlier(at -> new Step.Submit(at, s.submission()));
        } else if (step instanceof Step.Control s) {
            simpler.earlier(at -> new Step.Control(at, s.order()));
        } else if (step instanceof Step.JobCrash s) {
            simpler.jobCrash(s);
        } else if (step instanceof Step.WorkerCrash s) {
            simpler.workerCrash(s);
        } else if (step instanceof Step.WorkerLeave s) {
            simpler.shorter(
                    s.downMillis(), down -> new Step.WorkerLeave(s.atMillis(), s.worker(), down));
            simpler.earlier(at -> new Step.WorkerLeave(at, s.worker(), s.downMillis()));
        } else if (step instanceof Step.WorkerCut s) {
            simpler.shorter(
                    s.forMillis(), cut -> new Step.WorkerCut(s.atMillis(), s.worker(), cut));
            simpler.earlier(at -> new Step.WorkerCut(at, s.worker(), s.forMillis()));
        } else if (step instanceof Step.Stall s) {
            simpler.shorter(
                    s.forMillis(),
                    stall -> new Step.Stall(s.atMillis(), s.topic(), s.partition(), stall));
            simpler.earlier(at -> new Step.Stall(at, s.topic(), s.partition(), s.forMillis()));
        }
        return simpler.found;
    }

    private interface OfMillis {
        Step with(long millis);
    }

    private void earlier(OfMillis made) {
        shorter(step.atMillis(), made);
    }

    /** None at all, a half, or in round numbers. */
    private void shorter(long millis, OfMillis made) {
        for (long tried : new long[] {0, millis / 2, millis - millis % 100}) {
            if (tried < millis) {
                found.add(made.with(tried));
            }
        }
    }

    private void addUnlessSame(Step simpler) {
        if (!simpler.equals(step)) {
            found.add(simpler);
        }
    }

    private void jobCrash(Step.JobCrash s) {
        long at = s.atMillis();
        addUnlessSame(Step.JobCrash.at(at, s.downMillis()));
        addUnlessSame(
                new Step.JobCrash(at, Moment.ANY, 0, s.downMillis(), false, s.flushAfterMillis()));
        addUnlessSame(
                new Step.JobCrash(
                        at, s.moment(), 0, s.downMillis(), s.losesCommit(), s.flushAfterMillis()));
        addUnlessSame(
                new Step.JobCrash(
                        at, s.moment(), s.eventsLater(), s.downMillis(), s.losesCommit(), NEVER));
        shorter(s.downMillis(), down -> with(s, at, down));
        earlier(when -> with(s, when, s.downMillis()));
    }

    private static Step with(Step.JobCrash s, long at, long down) {
        return new Step.JobCrash(
                at, s.moment(), s.eventsLater(), down, s.losesCommit(), s.flushAfterMillis());
    }

    private void workerCrash(Step.WorkerCrash s) {
        addUnlessSame(new Step.WorkerCrash(s.atMillis(), s.worker(), s.downMillis(), false));
        shorter(
                s.downMillis(),
                down -> new Step.WorkerCrash(s.atMillis(), s.worker(), down, s.losesLedger()));
        earlier(at -> new Step.WorkerCrash(at, s.worker(), s.downMillis(), s.losesLedger()));
    }

    /** What belongs to a workflow stays in it, as all repeats of it do. */
    private void submit(long at, Submission s) {
        int shortest = Submission.SHORTEST_TOKENS;
        List<Dependency> noEdges = s.waitFor() == null ? null : List.of();
        List<Submission> simpler =
                List.of(
                        Submission.patient(s.key(), noEdges),
                        Submission.patient(s.key(), s.waitFor()),
                        new Submission(
                                s.key(),
                                s.priority(),
                                shortest,
                                s.lifetimeMillis(),
                                s.hasDeadline(),
                                null,
                                s.isInvalid(),
                                s.waitFor()),
                        new Submission(
                                s.key(),
                                s.priority(),
                                s.inputTokens(),
                                s.lifetimeMillis(),
                                false,
                                s.pinnedInstance(),
                                s.isInvalid(),
                                s.waitFor()),
                        new Submission(
                                s.key(),
                                0,
                                s.inputTokens(),
                                s.lifetimeMillis(),
                                s.hasDeadline(),
                                s.pinnedInstance(),
                                s.isInvalid(),
                                noEdges));
        simpler.forEach(one -> addUnlessSame(new Step.Submit(at, one)));
    }
}
