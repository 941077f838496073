package io.sluice.apps.page.live;

import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloStatus;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last quarter of an hour, as the topics tell it. Bounded, whatever they hold. Reads no clock:
 * the time of a record is when the broker appended it. Safe for one thread that feeds it and others
 * that take snapshots.
 */
public final class LiveModel {

    private static final String COMPLETED = "completed";
    private static final String OUTPUT_TOKENS = "outputTokens";

    private final Fleet fleet = new Fleet();
    private final LaneQueues queues = new LaneQueues();
    private final Attainment attainment = new Attainment();
    private final Objectives objectives = new Objectives();
    private final Alerts alerts = new Alerts();
    private final Policies policies = new Policies();
    private final LatencySeries ttft = new LatencySeries();
    private final LatencySeries tpot = new LatencySeries();
    private final LatencySeries queueWait = new LatencySeries();
    private final CountSeries work = new CountSeries();
    private final CountSeries outcomes = new CountSeries();
    private long newestEventMillis;
    private long newestOutcomeMillis;
    private long unreadable;
    private long version;

    /** Takes in what a worker reports. */
    public synchronized void event(WorkerEvent event, long appendMillis) {
        newestEventMillis = Math.max(newestEventMillis, appendMillis);
        if (event.getType() == WorkerEventType.TICK || !fleet.heard(event, appendMillis)) {
            return;
        }
        version++;
        switch (event.getType()) {
            case ACCEPTED -> queueWait.add(event.getQueueWaitMs(), appendMillis);
            case FIRST_TOKEN -> ttft.add(event.getTtftMs(), appendMillis);
            case COMPLETED -> completed(event, appendMillis);
            default -> {
                // Of the instance only.
            }
        }
    }

    private void completed(WorkerEvent event, long appendMillis) {
        tpot.add(event.getTpotMs(), appendMillis);
        work.add(COMPLETED, 1, appendMillis);
        Integer tokens = event.getOutputTokens();
        if (tokens != null && tokens > 0) {
            work.add(OUTPUT_TOKENS, tokens, appendMillis);
        }
    }

    /** Takes in what the scheduler decided. */
    public synchronized void decision(Decision decision) {
        version++;
        queues.decided(decision);
    }

    /** Takes in what holds by key, which replaces what an earlier record said. */
    public synchronized void config(ConfigEvent event) {
        version++;
        policies.told(event);
    }

    /**
     * Takes in what an operator or a client orders.
     *
     * @param position its place in the control topic: topic-partition-offset
     */
    public synchronized void order(ControlEvent order, String position, long appendMillis) {
        version++;
        policies.ordered(order, position, appendMillis);
    }

    /** Takes in how a request ended. Committed ones only: others may never have been. */
    public synchronized void outcome(RequestOutcome outcome, long appendMillis) {
        version++;
        newestOutcomeMillis = Math.max(newestOutcomeMillis, appendMillis);
        outcomes.add(outcome.getOutcome().name(), 1, appendMillis);
        queues.ended(RequestKeys.of(outcome.getFairnessId(), outcome.getRequestId()));
    }

    /** Takes in an aggregate, which replaces what an earlier version of it said. */
    public synchronized void window(SlaWindow window) {
        version++;
        attainment.window(window);
    }

    /** Takes in how an objective stands, which replaces what an earlier record said. */
    public synchronized void status(SloStatus status) {
        version++;
        objectives.heard(status);
    }

    /** Takes in how an alert stands, which replaces what an earlier record said. */
    public synchronized void alert(Alert alert) {
        version++;
        alerts.heard(alert);
    }

    /** Counts a record that could not be read. */
    public synchronized void unreadable() {
        version++;
        unreadable++;
    }

    /** Grows with everything that changes what is shown. */
    public synchronized long version() {
        return version;
    }

    /** The present moment, everything of it. */
    public LiveSnapshot snapshot(long wallMillis) {
        return snapshot(wallMillis, Selection.ALL);
    }

    /**
     * The present moment.
     *
     * @param wallMillis what it is by the clock of this machine; the broker's may be ahead
     * @param selection what is looked at; what cannot be told apart by it is shown whole
     */
    public synchronized LiveSnapshot snapshot(long wallMillis, Selection selection) {
        long now = Math.max(wallMillis, Math.max(newestEventMillis, newestOutcomeMillis));
        Map<String, List<Long>> ended = outcomes.until(now);
        Map<String, Long> totals = new TreeMap<>();
        ended.forEach(
                (kind, counts) ->
                        totals.put(kind, counts.stream().mapToLong(Long::longValue).sum()));
        return new LiveSnapshot(
                now,
                new LiveSnapshot.Series(
                        SlotRing.startMillis(now),
                        SlotRing.STEP_MILLIS,
                        ttft.until(now),
                        tpot.until(now),
                        queueWait.until(now),
                        work.until(now),
                        ended),
                totals,
                newestOutcomeMillis,
                newestEventMillis,
                fleet.view(now, selection),
                queues.view(selection),
                queues.heads(selection, now),
                attainment.view(selection),
                objectives.view(selection, alerts.severities()),
                alerts.view(now, selection),
                policies.view(selection),
                oddities());
    }

    private LiveSnapshot.Oddities oddities() {
        return new LiveSnapshot.Oddities(
                unreadable,
                fleet.repeated(),
                ttft.invalid() + tpot.invalid() + queueWait.invalid());
    }
}
