package io.sluice.core.kernel;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A gate with a log of what it reads, a router that only holds, and a machine that runs whatever it
 * is given. A crash takes gate and router back to their checkpoint; the log, and what has run,
 * stay.
 */
final class GateWorld {

    static final long WAIT = 10_000;

    /** What the log tells: that a request was submitted, or how its run ended. */
    private record Entry(String requestId, boolean arrival, String outcome) {}

    private record Checkpoint(HeapGateStore store, Map<String, Boolean> held, int position) {}

    final Map<String, List<Dependency>> edges;
    final Set<String> bad;
    final SplittableRandom random;
    final Map<String, String> endings = new LinkedHashMap<>();
    final Set<String> ran = new HashSet<>();
    final List<String> broken = new ArrayList<>();

    private final List<Entry> log = new ArrayList<>();
    private final List<String> toSubmit;
    private final List<String> running = new ArrayList<>();
    private HeapGateStore store = new HeapGateStore();
    private Map<String, Boolean> held = new HashMap<>();
    private int position;
    private long wake = Long.MAX_VALUE;
    private long now = 1_000_000;
    private final WorkflowGate gate =
            new WorkflowGate(GateSettings.of(WAIT, 3_600_000), this::apply);
    private Checkpoint checkpoint = new Checkpoint(new HeapGateStore(), Map.of(), 0);

    /**
     * @param edges of each request that will be submitted
     * @param bad those whose runs fail
     */
    GateWorld(Map<String, List<Dependency>> edges, Set<String> bad, SplittableRandom random) {
        this.edges = edges;
        this.bad = bad;
        this.random = random;
        this.toSubmit = shuffled(new ArrayList<>(edges.keySet()));
    }

    private List<String> shuffled(List<String> ids) {
        for (int i = ids.size() - 1; i > 0; i--) {
            ids.set(i, ids.set(random.nextInt(i + 1), ids.get(i)));
        }
        return ids;
    }

    /** Lets everything happen, in any order, with so many crashes. */
    void run(int crashes) {
        int left = crashes;
        while (!toSubmit.isEmpty() || position < log.size() || !running.isEmpty()) {
            step(left > 0 && random.nextInt(8) == 0 ? left-- : 0);
        }
        while (wake < Long.MAX_VALUE && now < 1_000_000 + 3 * WAIT) {
            now = Math.max(now, wake);
            wake = gate.wakeup(store, now);
            drain();
        }
    }

    private void drain() {
        while (position < log.size() || !running.isEmpty()) {
            step(0);
        }
    }

    private void step(int crash) {
        now++;
        if (crash > 0) {
            crash();
            return;
        }
        int what = random.nextInt(4);
        if (what == 0 && !toSubmit.isEmpty()) {
            String id = toSubmit.remove(toSubmit.size() - 1);
            log.add(new Entry(id, true, null));
            if (random.nextInt(6) == 0) {
                log.add(new Entry(id, true, null));
            }
        } else if (what == 1 && !running.isEmpty()) {
            String id = running.remove(random.nextInt(running.size()));
            close(id, bad.contains(id) ? "Failed" : "Completed");
        } else if (what == 2) {
            checkpoint = new Checkpoint(store.copy(), new HashMap<>(held), position);
        } else if (position < log.size()) {
            read(log.get(position++));
        }
    }

    private void crash() {
        store = checkpoint.store().copy();
        held = new HashMap<>(checkpoint.held());
        position = checkpoint.position();
        wake = gate.wakeup(store, now);
    }

    private void read(Entry entry) {
        if (entry.arrival()) {
            GateArrival arrival =
                    new GateArrival(entry.requestId(), 0, 10, edges.get(entry.requestId()));
            wake = Math.min(wake, gate.arrived(store, arrival, now));
        } else {
            String outcome = entry.outcome().equals("Completed") ? null : entry.outcome();
            wake = Math.min(wake, gate.ended(store, entry.requestId(), outcome, now, now));
        }
    }

    private void apply(GateEffect effect) {
        String id = effect.requestId();
        if (effect instanceof GateEffect.Submit submit) {
            if (held.containsKey(id)) {
                return;
            }
            held.put(id, submit.waits());
            if (submit.verdict() != null) {
                close(id, submit.verdict().outcome().wireName());
            } else if (!submit.waits()) {
                start(id);
            }
        } else if (effect instanceof GateEffect.LetThrough && held.put(id, false)) {
            start(id);
        } else if (effect instanceof GateEffect.Refuse refuse && held.put(id, false)) {
            close(id, refuse.verdict().outcome().wireName());
        }
    }

    /** What runs or has ended is known after a crash too, as the law of the router has it. */
    private void start(String id) {
        if (ran.contains(id) || endings.containsKey(id)) {
            return;
        }
        edges.get(id).forEach(edge -> check(id, edge, new HashSet<>()));
        ran.add(id);
        running.add(id);
    }

    private void check(String id, Dependency edge, Set<String> seen) {
        String other = edge.requestId();
        if (!edge.holds() || !seen.add(other)) {
            return;
        }
        String end = edges.containsKey(other) ? endings.get(other) : "Unknown";
        boolean replans = edge.onFailure() == OnFailure.REPLAN;
        if (end == null || edge.onFailure() == OnFailure.FAIL && !end.equals("Completed")) {
            broken.add("%s ran, and %s had ended as %s".formatted(id, edge, end));
        } else if (replans && edges.containsKey(other) && !ran.contains(other)) {
            for (Dependency inherited : edges.get(other)) {
                checkInherited(id, inherited, seen);
            }
        }
    }

    /**
     * Only what the other was still waiting for when it failed is waited for instead: it may have
     * been released before from one that had failed itself.
     */
    private void checkInherited(String id, Dependency inherited, Set<String> seen) {
        boolean released = inherited.onFailure() == OnFailure.RELEASE;
        if (!released || !endings.containsKey(inherited.requestId())) {
            OnFailure rule = OnFailure.REPLAN;
            check(id, new Dependency(inherited.requestId(), inherited.grade(), rule), seen);
        }
    }

    private void close(String id, String outcome) {
        if (endings.containsKey(id) || running.contains(id)) {
            return;
        }
        endings.put(id, outcome);
        log.add(new Entry(id, false, outcome));
    }
}
