package io.sluice.sim.protocol;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.Release;
import io.sluice.core.model.SettledRequest;

import java.util.Set;
import java.util.SplittableRandom;

/** What everything in one run shares: the clock, chance, the logs, the rules, the history. */
final class World {

    static final int EVENT_PARTITIONS = Logs.WORKER_EVENTS.partitions();

    /** Broker time at the start. */
    static final long START_MILLIS = 1_000_000;

    final Agenda agenda = new Agenda(START_MILLIS);

    /** How lanes send what waits. */
    final LaneRule lanes;

    final Trace trace;
    final History history = new History();
    final FaultCounts faults = new FaultCounts();

    /** Workers that are down or cut off. */
    int workersAway;

    final Topic<Message> requests = new Topic<>(Logs.REQUESTS, agenda);
    final Topic<Message> control = new Topic<>(Logs.CONTROL, agenda);
    final Topic<Release> handbacks = new Topic<>(Logs.HANDBACKS, agenda);
    final Topic<LaneEffect.Command> dispatch = new Topic<>(Logs.DISPATCH, agenda);
    final Topic<WorkerRecord> events = new Topic<>(Logs.WORKER_EVENTS, agenda);
    final Topic<SettledRequest> outcomes = new Topic<>(Logs.OUTCOMES, agenda);

    private final Set<Rule> off;
    private final SplittableRandom random;

    World(Scenario scenario, Set<Rule> off, Trace trace) {
        this.lanes = scenario.lanes();
        this.off = off;
        this.trace = trace;
        this.random = new SplittableRandom(scenario.seed());
    }

    Topic<?> topic(Logs name) {
        return switch (name) {
            case REQUESTS -> requests;
            case CONTROL -> control;
            case HANDBACKS -> handbacks;
            case DISPATCH -> dispatch;
            case WORKER_EVENTS -> events;
            case OUTCOMES -> outcomes;
        };
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
        faults.count(Fault.SLOW_ROAD);
        return draw < 0.98 ? 400 : 2_500;
    }

    /** How far a reader is behind: seldom longer than a lease. */
    long lagMillis() {
        if (chance(0.06)) {
            faults.count(Fault.SLOW_READER);
            return 7_000;
        }
        return roadMillis();
    }

    /** How long a writer keeps what it was given. */
    long bufferMillis() {
        return chance(0.5) ? 3 : 300;
    }

    void trace(String what) {
        trace.add(agenda.now() - START_MILLIS, what);
    }
}
