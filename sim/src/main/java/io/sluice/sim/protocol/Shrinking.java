package io.sluice.sim.protocol;

import io.sluice.core.model.RequestKey;
import io.sluice.sim.protocol.Violation.Promise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a scenario smaller for as long as it breaks the same promise: leaves out steps, first many
 * at once and then one by one (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing
 * Input", 2002), then makes those that are left simpler, shorter and earlier, until nothing more
 * can be done.
 *
 * <p>What happens by chance depends on what happens at all, so a smaller scenario is also tried
 * under a few other chances.
 */
final class Shrinking {

    private static final int CHANCES = 32;
    private static final int MOST_ROUNDS = 6;

    private final Set<Rule> off;
    private final Promise promise;
    private Scenario scenario;

    private Shrinking(Scenario scenario, Set<Rule> off, Promise promise) {
        this.scenario = scenario;
        this.off = off;
        this.promise = promise;
    }

    /** The smaller scenario; the same one if it breaks no promise. */
    static Scenario of(Scenario scenario, Set<Rule> off) {
        ProtocolRun.Result result = ProtocolRun.of(scenario, off, false);
        if (result.violations().isEmpty()) {
            return scenario;
        }
        boolean law = result.breaks(Promise.THE_LAW);
        Promise promise = law ? Promise.THE_LAW : Promise.NO_WASTED_WORK;
        return new Shrinking(scenario, off, promise).shrunk();
    }

    private Scenario shrunk() {
        for (int size = scenario.steps().size() / 2; size > 1; size /= 2) {
            leaveOut(size);
        }
        boolean smaller = true;
        for (int round = 0; smaller && round < MOST_ROUNDS; round++) {
            smaller = simplify();
            smaller |= dropFates();
            smaller |= dropWorkers();
        }
        while (leaveOut(1)) {
            // What was needed may not be needed any more.
        }
        return scenario;
    }

    /** Leaves out so many steps in a row wherever that can be done. */
    private boolean leaveOut(int size) {
        boolean any = false;
        for (int end = scenario.steps().size(); end >= size; ) {
            List<Step> fewer = new ArrayList<>(scenario.steps());
            fewer.subList(end - size, end).clear();
            boolean adopted = adoptUnderAnyChance(scenario.with(fewer));
            any |= adopted;
            end -= adopted ? size : 1;
        }
        return any;
    }

    private boolean adoptUnderAnyChance(Scenario candidate) {
        if (adopt(candidate)) {
            return true;
        }
        for (long chance = 0; chance < CHANCES; chance++) {
            if (chance != candidate.seed() && adopt(candidate.underSeed(chance))) {
                return true;
            }
        }
        return false;
    }

    private boolean adopt(Scenario candidate) {
        if (ProtocolRun.of(candidate, off, false).breaks(promise)) {
            scenario = candidate;
            return true;
        }
        return false;
    }

    private boolean simplify() {
        boolean any = leaveOut(1);
        for (int i = 0; i < scenario.steps().size(); i++) {
            for (Step simpler : Simpler.than(scenario.steps().get(i))) {
                List<Step> others = new ArrayList<>(scenario.steps());
                others.set(i, simpler);
                others.sort(Comparator.comparingLong(Step::atMillis));
                if (adopt(scenario.with(others))) {
                    any = true;
                    break;
                }
            }
        }
        return any;
    }

    private boolean dropFates() {
        Map<RequestKey, Fates.Fate> fewer = new HashMap<>(scenario.fates().byKey());
        Set<RequestKey> submitted = scenario.submitted();
        boolean any = fewer.keySet().retainAll(submitted) && adopt(scenario.with(new Fates(fewer)));
        for (RequestKey key : submitted) {
            Map<RequestKey, Fates.Fate> without = new HashMap<>(scenario.fates().byKey());
            any |= without.remove(key) != null && adopt(scenario.with(new Fates(without)));
        }
        return any;
    }

    private boolean dropWorkers() {
        int needed = 1 + scenario.steps().stream().mapToInt(Scenario::workerOf).max().orElse(-1);
        boolean any = false;
        for (int fewer = Math.max(1, needed); fewer < scenario.workers(); fewer++) {
            any |= adoptUnderAnyChance(scenario.withWorkers(fewer));
        }
        return any;
    }
}
