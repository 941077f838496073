package io.sluice.sim.protocol;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
     * @param totals its account
     * @param faults how often each fault happened, those that did not with 0
     */
    public record Result(
            long seed,
            List<Violation> violations,
            List<String> log,
            long events,
            Totals totals,
            Map<Fault, Integer> faults) {

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
    private final Set<RequestKey> submitted = new HashSet<>();

    private ProtocolRun(Scenario scenario, Set<Rule> off, boolean recorded) {
        this.scenario = scenario;
        this.world = new World(scenario, off, new Trace(recorded));
        this.job = new Job(world, scenario.checkpointMillis());
        for (int i = 0; i < scenario.workers(); i++) {
            workers.add(new SimWorker(world, i, scenario.fates()));
        }
    }

    /** Runs the scenario of a seed with the rules that are not switched off. */
    public static Result ofSeed(long seed, Set<Rule> off) {
        return of(ScenarioGenerator.of(seed), off, false);
    }

    /** The same, with a log of what happened. */
    public static Result recorded(long seed, Set<Rule> off) {
        return of(ScenarioGenerator.of(seed), off, true);
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
        boolean quiet;
        try {
            quiet = untilQuiet();
        } catch (IllegalStateException | IllegalArgumentException | NullPointerException e) {
            return broken(e);
        }
        Checker checker = new Checker(world, scenario, quiet ? job.attempt() : null);
        List<Violation> violations = checker.violations();
        return new Result(
                scenario.seed(),
                violations,
                world.trace.lines(),
                world.agenda.planned(),
                checker.totals(),
                world.faults.all());
    }

    /** A state machine has met what it holds for impossible. */
    private Result broken(RuntimeException why) {
        world.trace("fails: " + why);
        return new Result(
                scenario.seed(),
                List.of(new Violation(Violation.Promise.THE_LAW, "the system failed: " + why)),
                world.trace.lines(),
                world.agenda.planned(),
                new Checker(world, scenario, null).totals(),
                world.faults.all());
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
            submit(submit.submission());
        } else if (step instanceof Step.Control control) {
            world.trace("control " + control.order());
            world.faults.count(faultOf(control.order()));
            world.control.append(0, control.order());
        } else if (step instanceof Step.JobCrash crash) {
            job.crash(crash);
        } else if (step instanceof Step.WorkerCrash crash) {
            workers.get(crash.worker()).crash(crash.downMillis(), crash.losesLedger());
        } else if (step instanceof Step.WorkerLeave leave) {
            workers.get(leave.worker()).leave(leave.downMillis());
        } else if (step instanceof Step.WorkerCut cut) {
            workers.get(cut.worker()).cut(cut.forMillis());
        } else if (step instanceof Step.Stall stall) {
            stall(stall);
        }
    }

    private void submit(Submission submission) {
        RequestKey key = submission.key();
        world.trace("submit " + key + (submission.isInvalid() ? " (invalid)" : ""));
        world.faults.countIf(!submitted.add(key), Fault.REPEATED_SUBMISSION);
        PendingRequest request = submission.request(world.now());
        world.requests.append(
                (Object) key,
                new Message.Submitted(request, submission.verdict(), submission.edges()));
        if (!submission.isInvalid()) {
            world.history.submitted(key, submission.edges());
        }
    }

    private void stall(Step.Stall stall) {
        Topic<?> topic = world.topic(stall.topic());
        world.trace(
                "%s-%d cannot be read for %d ms"
                        .formatted(topic.name(), stall.partition(), stall.forMillis()));
        world.faults.count(Fault.STALL);
        topic.stall(stall.partition(), world.now() + stall.forMillis());
    }

    private static Fault faultOf(Message.Order order) {
        if (order instanceof Message.Drain drain) {
            return drain.draining() ? Fault.DRAIN : Fault.UNDRAIN;
        }
        if (order instanceof Message.Cancel) {
            return Fault.CANCEL;
        }
        return order instanceof Message.Reprioritise ? Fault.PRIORITY_CHANGE : Fault.POLICY_CHANGE;
    }
}
