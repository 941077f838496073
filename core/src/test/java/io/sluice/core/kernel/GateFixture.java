package io.sluice.core.kernel;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;

import java.util.ArrayList;
import java.util.List;

/** A gate, the store of one workflow, and what the gate wanted done, briefly. */
final class GateFixture {

    static final long WAIT = 1_000;
    static final long REMEMBER = 64_000;
    static final GateSettings SETTINGS = new GateSettings(WAIT, REMEMBER, 640_000, 3);

    final List<GateEffect> effects = new ArrayList<>();
    final HeapGateStore store = new HeapGateStore();
    final WorkflowGate gate = new WorkflowGate(SETTINGS, effects::add);
    long now = 1_000_000;
    long wake = Long.MAX_VALUE;

    GateFixture arrive(String id, Dependency... edges) {
        return arrive(id, 0, 100, edges);
    }

    GateFixture arrive(String id, int priority, double serviceMillis, Dependency... edges) {
        GateArrival arrival = new GateArrival(id, priority, serviceMillis, List.of(edges));
        wake = Math.min(wake, gate.arrived(store, arrival, now));
        return this;
    }

    GateFixture complete(String id) {
        wake = Math.min(wake, gate.ended(store, id, null, now, now));
        return this;
    }

    GateFixture fail(String id, String outcome) {
        wake = Math.min(wake, gate.ended(store, id, outcome, now, now));
        return this;
    }

    /** Lets time pass, waking the gate when it asked for it. */
    GateFixture pass(long millis) {
        long until = now + millis;
        while (wake <= until) {
            now = Math.max(now, wake);
            wake = gate.wakeup(store, now);
        }
        now = until;
        return this;
    }

    /** What was wanted since this was last asked. */
    List<String> done() {
        List<String> brief = effects.stream().map(GateFixture::brief).toList();
        effects.clear();
        return brief;
    }

    static Dependency on(String id) {
        return Dependency.on(id, OnFailure.FAIL);
    }

    static Dependency orElseRun(String id) {
        return Dependency.on(id, OnFailure.RELEASE);
    }

    static Dependency orElseReplan(String id) {
        return Dependency.on(id, OnFailure.REPLAN);
    }

    static Dependency graded(String id, int grade) {
        return new Dependency(id, grade, OnFailure.FAIL);
    }

    private static String brief(GateEffect effect) {
        if (effect instanceof GateEffect.Submit submit) {
            return submit.requestId() + " " + submitted(submit);
        }
        if (effect instanceof GateEffect.LetThrough through) {
            return through.requestId() + " may run";
        }
        if (effect instanceof GateEffect.Refuse refuse) {
            return refuse.requestId() + " refused " + refuse.verdict().code();
        }
        if (effect instanceof GateEffect.PathChanged changed) {
            return "%s has path %d".formatted(changed.requestId(), changed.criticalPathMillis());
        }
        GateEffect.Raise raise = (GateEffect.Raise) effect;
        return "%s raised to %d".formatted(raise.requestId(), raise.priority());
    }

    private static String submitted(GateEffect.Submit submit) {
        if (submit.verdict() != null) {
            return "refused " + submit.verdict().code();
        }
        return submit.waits() ? "waits" : "runs";
    }
}
