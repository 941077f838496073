package io.sluice.sim.protocol;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the topics and the history of a run, and says what is wrong with them. */
final class Checker {

    private final World world;
    private final Scenario scenario;
    private final @Nullable Attempt quiet;
    private final List<Violation> violations = new ArrayList<>();

    /**
     * Creates a checker.
     *
     * @param quiet the job, if everything has come to rest
     */
    Checker(World world, Scenario scenario, @Nullable Attempt quiet) {
        this.world = world;
        this.scenario = scenario;
        this.quiet = quiet;
    }

    List<Violation> violations() {
        Map<RequestKey, Set<SettledRequest>> outcomes = outcomes(world);
        world.history.offences().forEach(this::wasted);
        for (RequestKey key : submitted(world)) {
            law(key, outcomes.getOrDefault(key, Set.of()));
            noWastedWork(key, outcomes.getOrDefault(key, Set.of()));
        }
        if (quiet == null) {
            unlawful("the system did not come to rest");
        } else {
            nothingLeft(quiet);
        }
        return violations;
    }

    /** What became of the requests. */
    Totals totals() {
        Map<RequestKey, Set<SettledRequest>> outcomes = outcomes(world);
        Set<RequestKey> keys = submitted(world);
        long answered = 0;
        long doubled = 0;
        long wasted = 0;
        for (RequestKey key : keys) {
            Set<SettledRequest> of = outcomes.getOrDefault(key, Set.of());
            answered += of.isEmpty() ? 0 : 1;
            doubled += of.size() > 1 ? 1 : 0;
            boolean counts = of.stream().anyMatch(one -> one.outcome() == Outcome.COMPLETED);
            wasted += Math.max(0, world.history.endsOf(key) - (counts ? 1 : 0));
        }
        long started = world.history.startedCount();
        return new Totals(keys.size(), answered, keys.size() - answered, doubled, started, wasted);
    }

    private void unlawful(String what) {
        violations.add(new Violation(Violation.Promise.THE_LAW, what));
    }

    private void wasted(String what) {
        violations.add(new Violation(Violation.Promise.NO_WASTED_WORK, what));
    }

    private void law(RequestKey key, Set<SettledRequest> outcomes) {
        if (outcomes.isEmpty()) {
            unlawful(key + " is lost: it has no outcome");
        } else if (outcomes.size() > 1) {
            unlawful(key + " has more than one outcome: " + outcomes);
        }
    }

    private void noWastedWork(RequestKey key, Set<SettledRequest> outcomes) {
        Set<History.Run> completed = world.history.completedFor(key);
        List<History.Run> started = world.history.startedFor(key);
        if (completed.size() > 1) {
            wasted("%s was completed more than once: %s".formatted(key, completed));
        }
        if (!scenario.onlyTheJobFails()) {
            return;
        }
        int interruptions = world.history.interruptionsOf(key);
        boolean excused = interruptions > 0 && !scenario.nothingFails();
        if (!excused && started.size() > 1 + interruptions) {
            wasted(
                    "%s was started more than once though only the job failed: %s"
                            .formatted(key, started));
        }
        if (!excused && world.history.wasMadeAgain(key)) {
            wasted(
                    "tokens of %s were made again though nothing failed: %s"
                            .formatted(key, started));
        }
        boolean answered =
                outcomes.stream().anyMatch(outcome -> outcome.outcome() == Outcome.COMPLETED);
        // One that was interrupted waits again, and may wait too long.
        if (!started.isEmpty() && !answered && interruptions == 0) {
            wasted(
                    "%s ran, and its outcome says otherwise though only the job failed: %s"
                            .formatted(key, outcomes));
        }
    }

    private void nothingLeft(Attempt job) {
        for (LaneTask lanes : job.lanes()) {
            String leak = lanes.leak();
            if (leak != null) {
                unlawful("a lane at rest has not got its places back: " + leak);
            }
        }
        long known = job.gate().nodesAfterWindow();
        if (known > 0) {
            unlawful("the gate knows %d requests after the dedup window".formatted(known));
        }
        for (RouteTask route : job.routes()) {
            long left = route.recordsAfterWindow();
            if (left > 0) {
                unlawful(
                        "%s keeps %d records after the dedup window".formatted(route.name(), left));
            }
        }
    }

    /** Whether every request that was submitted has a visible outcome. */
    static boolean allVisible(World world) {
        return outcomes(world).keySet().containsAll(submitted(world));
    }

    private static Set<RequestKey> submitted(World world) {
        Set<RequestKey> keys = new LinkedHashSet<>();
        for (int p = 0; p < world.requests.partitionCount(); p++) {
            for (int offset = 0; offset < world.requests.end(p); offset++) {
                Message.Submitted record =
                        (Message.Submitted) world.requests.read(p, offset).value();
                keys.add(record.request().key());
            }
        }
        return keys;
    }

    private static Map<RequestKey, Set<SettledRequest>> outcomes(World world) {
        Map<RequestKey, Set<SettledRequest>> outcomes = new LinkedHashMap<>();
        for (int offset = 0; offset < world.outcomes.end(0); offset++) {
            SettledRequest outcome = world.outcomes.read(0, offset).value();
            outcomes.computeIfAbsent(outcome.key(), key -> new LinkedHashSet<>()).add(outcome);
        }
        return outcomes;
    }
}
