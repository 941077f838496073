package io.sluice.sim.protocol;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.Release;
import io.sluice.core.model.SettledRequest;

import java.util.Set;
import java.util.SplittableRandom;

/** What everything in one run shares: the clock, chance, the logs, the rules, the history. */
final class World {

    static final int EVENT_PARTITIONS = 2;

    /** Broker time at the start. */
    static final long START_MILLIS = 1_000_000;

    final Agenda agenda = new Agenda(START_MILLIS);

    /** How lanes send what waits. */
    final LaneRule lanes;

    final Trace trace;
    final History history = new History();
    final Topic<Message> requests = new Topic<>("requests", 2, agenda);
    final Topic<Message> control = new Topic<>("control", 1, agenda);
    final Topic<Release> handbacks = new Topic<>("handbacks", 2, agenda);
    final Topic<LaneEffect.Command> dispatch = new Topic<>("dispatch", EVENT_PARTITIONS, agenda);
    final Topic<WorkerRecord> events = new Topic<>("worker-events", EVENT_PARTITIONS, agenda);
    final Topic<SettledRequest> outcomes = new Topic<>("outcomes", 1, agenda);

    private final Set<Rule> off;
    private final SplittableRandom random;

    World(Scenario scenario, Set<Rule> off, Trace trace) {
        this.lanes = scenario.lanes();
        this.off = off;
        this.trace = trace;
        this.random = new SplittableRandom(scenario.seed());
    }

    long now() {
        return agenda.now();
    }

    boolean obeys(Rule rule) {
        return !off.contains(rule);
    }

    /** A number from 0 up to and including the bound. */
    long upTo(long bound) {
        return bound <= 0 ? 0 : random.nextLong(bound + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** How slow a road is: mostly fast, seldom very slow. */
    long roadMillis() {
        double draw = random.nextDouble();
        if (draw < 0.7) {
            return 3;
        }
        if (draw < 0.9) {
            return 50;
        }
        return draw < 0.98 ? 400 : 2_500;
    }

    /** How far a reader is behind: seldom longer than a lease. */
    long lagMillis() {
        return chance(0.06) ? 7_000 : roadMillis();
    }

    /** How long a writer keeps what it was given. */
    long bufferMillis() {
        return chance(0.5) ? 3 : 300;
    }

    void trace(String what) {
        trace.add(agenda.now() - START_MILLIS, what);
    }
}
