package io.sluice.sim.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One run of the whole protocol through one scenario, until everything is quiet. */
public final class ProtocolRun {

    /**
     * What came of a run.
     *
     * @param seed its seed
     * @param violations what was wrong, empty if nothing was
     * @param log what happened, if it was recorded
     * @param events things that happened
     * @param runsStarted runs that engines started
     * @param jobCrashes crashes of the job
     */
    public record Result(
            long seed,
            List<Violation> violations,
            List<String> log,
            long events,
            int runsStarted,
            int jobCrashes) {

        /** Copies the lists. */
        public Result {
            violations = List.copyOf(violations);
            log = List.copyOf(log);
        }

        /** Whether a promise was broken. */
        public boolean breaks(Violation.Promise promise) {
            return violations.stream().anyMatch(violation -> violation.promise() == promise);
        }
    }

    private static final long LONGEST_MILLIS = 150_000;
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final long AFTERMATH_MILLIS = 3_000;

    private final World world;
    private final Scenario scenario;
    private final Job job;
    private final List<SimWorker> workers = new ArrayList<>();

    private ProtocolRun(Scenario scenario, Set<Rule> off, boolean recorded) {
        this.scenario = scenario;
        this.world = new World(scenario.seed(), off, new Trace(recorded));
        this.job = new Job(world, scenario.checkpointMillis());
        for (int i = 0; i < scenario.workers(); i++) {
            workers.add(new SimWorker(world, i, scenario.fates()));
        }
    }

    /** Runs the scenario of a seed with the rules that are not switched off. */
    public static Result ofSeed(long seed, Set<Rule> off) {
        return of(ScenarioGenerator.of(seed, World.START_MILLIS), off, false);
    }

    /** The same, with a log of what happened. */
    public static Result recorded(long seed, Set<Rule> off) {
        return of(ScenarioGenerator.of(seed, World.START_MILLIS), off, true);
    }

    static Result of(Scenario scenario, Set<Rule> off, boolean recorded) {
        return new ProtocolRun(scenario, off, recorded).run();
    }

    private Result run() {
        for (SimWorker worker : workers) {
            world.agenda.after(world.upTo(300), worker::start);
        }
        world.agenda.after(world.upTo(300), job::start);
        for (Step step : scenario.steps()) {
            world.agenda.at(World.START_MILLIS + step.atMillis(), () -> happen(step));
        }
        boolean quiet = untilQuiet();
        List<Violation> violations =
                new Checker(world, scenario, quiet ? job.attempt() : null).violations();
        return new Result(
                scenario.seed(),
                violations,
                world.trace.lines(),
                world.agenda.planned(),
                world.history.startedCount(),
                job.crashCount());
    }

    private boolean untilQuiet() {
        long end = World.START_MILLIS + LONGEST_MILLIS;
        world.agenda.runUntil(World.START_MILLIS + scenario.lastMillis() + 1);
        while (world.now() < end) {
            world.agenda.runUntil(world.now() + LOOK_EVERY_MILLIS);
            if (isQuiet()) {
                world.agenda.runUntil(world.now() + AFTERMATH_MILLIS);
                if (isQuiet()) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isQuiet() {
        Attempt attempt = job.attempt();
        return attempt != null
                && attempt.isQuiet()
                && workers.stream().allMatch(SimWorker::isQuiet)
                && Checker.allVisible(world);
    }

    private void happen(Step step) {
        if (step instanceof Step.Submit submit) {
            world.trace(
                    "submit "
                            + submit.request().key()
                            + (submit.verdict() == null ? "" : " (invalid)"));
            world.requests.append(
                    (Object) submit.request().key(),
                    new Message.Submitted(submit.request(), submit.verdict(), submit.waitFor()));
            if (submit.verdict() == null) {
                world.history.submitted(submit.request().key(), submit.waitFor());
            }
        } else if (step instanceof Step.Control control) {
            world.trace("control " + control.message());
            world.control.append(0, control.message());
        } else if (step instanceof Step.JobCrash crash) {
            job.crash(crash);
        } else if (step instanceof Step.WorkerCrash crash) {
            workers.get(crash.worker()).crash(crash.downMillis());
        } else if (step instanceof Step.WorkerCut cut) {
            workers.get(cut.worker()).cut(cut.forMillis());
        }
    }
}
