package io.sluice.sim.protocol;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.WorkerReport;
import io.sluice.sim.worker.DispatchId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the checker needs to know of a run beyond the topics. */
final class History {

    /** One life of one worker. */
    record Life(String instanceId, long incarnation) {}

    /** One run of one dispatch id by one life of a worker. */
    record Run(Life life, DispatchId id) {}

    private final Map<RequestKey, List<Run>> started = new LinkedHashMap<>();
    private final Map<RequestKey, Set<Run>> completed = new LinkedHashMap<>();
    private final Map<Life, Long> lastSign = new HashMap<>();
    private final Set<Run> runs = new LinkedHashSet<>();
    private final Map<String, Set<Run>> unreported = new HashMap<>();
    private final Map<RequestKey, Run> doneAndBack = new HashMap<>();
    private final Map<RequestKey, List<Dependency>> edges = new HashMap<>();
    private final Set<RequestKey> reportedComplete = new HashSet<>();
    private final Map<RequestKey, Integer> interruptions = new HashMap<>();
    private final Map<RequestKey, Integer> kept = new HashMap<>();
    private final Set<RequestKey> madeAgain = new HashSet<>();
    private final Map<RequestKey, Integer> ends = new HashMap<>();
    private final List<String> offences = new ArrayList<>();
    private int startedCount;
    private int startedBeforeCheckpoint;

    /** A lane has decided to send a request. */
    void decided(LaneEffect.Dispatch dispatch, long now) {
        if (dispatch.request().expiresAtMillis() <= now) {
            offences.add(
                    "%s/%d was dispatched %d ms after its time had run out"
                            .formatted(
                                    dispatch.request().key(),
                                    dispatch.attempt(),
                                    now - dispatch.request().expiresAtMillis()));
        }
    }

    /**
     * An engine has started a run.
     *
     * @param made tokens that it need not make again
     */
    void started(String instanceId, long incarnation, DispatchId id, int made) {
        if (made < kept.getOrDefault(id.key(), 0)) {
            madeAgain.add(id.key());
        }
        Run run = new Run(new Life(instanceId, incarnation), id);
        Run done = doneAndBack.get(id.key());
        if (done != null) {
            offences.add(
                    "%s was started although %s had reached its end, and its worker was back in time to say so"
                            .formatted(run, done));
        }
        inOrder(run);
        startedCount++;
        started.computeIfAbsent(id.key(), key -> new ArrayList<>()).add(run);
        runs.add(run);
    }

    /**
     * An engine has interrupted a run.
     *
     * @param made tokens that it keeps
     */
    void interrupted(RequestKey key, int made) {
        interruptions.merge(key, 1, Integer::sum);
        kept.merge(key, made, Math::max);
    }

    /** How often runs of the request were interrupted. */
    int interruptionsOf(RequestKey key) {
        return interruptions.getOrDefault(key, 0);
    }

    /** Whether tokens were made again that an engine had kept. */
    boolean wasMadeAgain(RequestKey key) {
        return madeAgain.contains(key);
    }

    /** A request was submitted that others come before; its first submission counts. */
    void submitted(RequestKey key, List<Dependency> waitFor) {
        edges.putIfAbsent(key, waitFor);
    }

    private void inOrder(Run run) {
        RequestKey key = run.id().key();
        for (Dependency edge : edges.getOrDefault(key, List.of())) {
            RequestKey other = new RequestKey(key.tenant(), edge.requestId());
            boolean needed = edge.holds() && edge.onFailure() == OnFailure.FAIL;
            if (needed && !reportedComplete.contains(other)) {
                offences.add("%s was started before %s had completed".formatted(run, other));
            }
        }
    }

    /** A run has reached its end, and its worker has noted that. */
    void finished(String instanceId, long incarnation, DispatchId id) {
        unreported
                .computeIfAbsent(instanceId, instance -> new LinkedHashSet<>())
                .add(new Run(new Life(instanceId, incarnation), id));
    }

    /** A worker presents itself: what its earlier lives have finished can be known by now. */
    private void returned(Life life, long now) {
        for (Run run : unreported.getOrDefault(life.instanceId(), Set.of())) {
            Long sign = lastSign.get(run.life());
            if (sign != null && now <= sign + Setup.LEASE_MILLIS) {
                doneAndBack.put(run.id().key(), run);
            }
        }
        unreported.remove(life.instanceId());
    }

    /** The broker has appended a report. */
    void reported(WorkerReport report, long now) {
        Life life = new Life(report.origin().instanceId(), report.origin().incarnation());
        Long sign = lastSign.get(life);
        boolean dead = sign != null && now > sign + Setup.LEASE_MILLIS;
        if (report instanceof WorkerReport.Registered) {
            returned(life, now);
        }
        if (report instanceof WorkerReport.Heartbeat || report instanceof WorkerReport.Registered) {
            lastSign.merge(life, now, (before, after) -> dead ? before : after);
        } else if (report instanceof WorkerReport.Completed done) {
            reportedComplete.add(done.run().key());
            Run run = new Run(life, DispatchId.of(done.run()));
            unreported.getOrDefault(life.instanceId(), new HashSet<>()).remove(run);
            if (runs.contains(run) && dead) {
                offences.add("%s completed %s after its lease".formatted(life, run.id()));
            } else if (runs.contains(run)) {
                completed.computeIfAbsent(run.id().key(), key -> new LinkedHashSet<>()).add(run);
            }
        }
    }

    /** Breaches of the rules seen as they happened. */
    List<String> offences() {
        return offences;
    }

    /** Runs started for a request, in order. */
    List<Run> startedFor(RequestKey key) {
        return started.getOrDefault(key, List.of());
    }

    /** Runs of a request that a living worker brought to their end. */
    Set<Run> completedFor(RequestKey key) {
        return completed.getOrDefault(key, Set.of());
    }

    int startedCount() {
        return startedCount;
    }

    /** A checkpoint is complete. */
    void remembered() {
        startedBeforeCheckpoint = startedCount;
    }

    /** Whether more has started since the last checkpoint was complete. */
    boolean knowsOfMore() {
        return startedCount > startedBeforeCheckpoint;
    }

    /** An engine has made the last token of a run. */
    void reachedEnd(RequestKey key) {
        ends.merge(key, 1, Integer::sum);
    }

    /** How many runs of a request have reached their last token. */
    int endsOf(RequestKey key) {
        return ends.getOrDefault(key, 0);
    }

    /** What a worker has not said by now it will never say. */
    void ledgerLost(String instanceId) {
        unreported.remove(instanceId);
    }
}
