package io.sluice.core.kernel;

import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.kernel.LaneEntry.Run;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.prediction.ServiceModel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The data of one lane and the moves that keep it consistent: an entry is in the store and either
 * in the queue or among the runs, and every run is charged to the link it names.
 */
final class Lane {

    private final String laneId;
    private final PendingStore store;
    private final LaneQueue queue;
    private final LaneLinks links;
    private final LaneVoice voice;
    private final boolean runsGroups;
    private final Map<RequestKey, LaneEntry> runs = new HashMap<>();

    private boolean interrupted;
    private ServiceModel service;
    private long admittedUpTo = Long.MAX_VALUE;

    Lane(
            String laneId,
            LanePolicies policies,
            LaneState state,
            PendingStore store,
            Consumer<LaneEffect> effects) {
        this.laneId = laneId;
        this.store = store;
        this.queue = new LaneQueue(policies, state.order());
        this.links = new LaneLinks(state.instances(), policies.batching().looksAhead());
        this.voice = new LaneVoice(state, effects);
        this.runsGroups = policies.batching().runsGroups();
        this.interrupted = state.interrupted();
        this.service = links.meanService();
        store.all().forEach(this::index);
        links.tell(queue.order());
    }

    private void index(LaneEntry entry) {
        if (entry.run() != null) {
            runs.put(entry.key(), entry);
            charge(entry.run());
        } else if (entry.request() != null) {
            queue.add(entry.request(), service);
        }
    }

    LaneState state() {
        return new LaneState(
                voice.epoch(),
                voice.nextSeq(),
                links.state(),
                interrupted,
                voice.unsaidReleases(),
                queue.order().memory());
    }

    LaneQueue queue() {
        return queue;
    }

    LaneLinks links() {
        return links;
    }

    LaneVoice voice() {
        return voice;
    }

    ServiceModel service() {
        return service;
    }

    int runCount() {
        return runs.size();
    }

    /**
     * Whether, since what waits was last handed back, there was a time without an instance that
     * takes work, or an instance has lost its runs to a new incarnation.
     */
    boolean wasInterrupted() {
        return interrupted;
    }

    @Nullable LaneEntry entry(RequestKey key) {
        LaneEntry run = runs.get(key);
        return run == null && queue.contains(key) ? store.get(key) : run;
    }

    /** The entry if the lane owns exactly this attempt, waiting or running. */
    @Nullable LaneEntry owned(RequestKey key, int attempt) {
        LaneEntry entry = entry(key);
        return entry != null && entry.attempt() == attempt ? entry : null;
    }

    List<LaneEntry> runsOn(InstanceLink link) {
        return runs.values().stream()
                .filter(entry -> entry.runsOn(link.instanceId()))
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .toList();
    }

    void enqueue(LaneEntry entry, PendingRequest request) {
        store.put(entry);
        queue.order().joined(request);
        queue.add(request, service);
    }

    /** Replaces a waiting entry's description, and with it its place. */
    void requeue(LaneEntry entry, PendingRequest request) {
        queue.remove(entry.key());
        store.put(entry.of(request));
        queue.add(request, service);
    }

    void passed(LaneEntry entry) {
        store.put(entry.passedOnce());
    }

    /**
     * Sends a waiting request to an instance.
     *
     * @param maxPasses how often others may go before a head that does not fit
     */
    void send(LaneEntry entry, InstanceLink link, long now, int maxPasses) {
        PendingRequest request = Objects.requireNonNull(entry.request(), "sent from the queue");
        long charge = link.charge(request.reservedTokens());
        Run run = new Run(link.instanceId(), link.incarnation(), voice.epoch(), now, charge, false);
        int position = queue.position(entry.key());
        queue.remove(entry.key());
        queue.order().sent(request);
        run(entry.running(run), run);
        voice.say(
                new LaneEffect.Dispatch(
                        voice.address(link, now),
                        request,
                        entry.attempt(),
                        behind(link, maxPasses),
                        position));
    }

    private Behind behind(InstanceLink link, int maxPasses) {
        if (runsGroups) {
            return queue.behind(link.capacity().kvTokens());
        }
        QueuedRequest head = queue.head();
        LaneEntry entry = head == null ? null : store.get(head.key());
        return entry == null || head == null || entry.passes() < maxPasses
                ? queue.behind(queue.leastTokens())
                : queue.behind(head.tokens());
    }

    /** Takes over a run that the worker holds and the lane did not know, or believed to wait. */
    void adopt(InstanceLink link, RunId runId, long tokens, long now) {
        LaneEntry known = entry(runId.key());
        if (known != null) {
            remove(known);
        }
        PendingRequest request = known == null ? null : known.request();
        if (request != null) {
            queue.order().sent(request);
        }
        Run run =
                new Run(
                        link.instanceId(),
                        link.incarnation(),
                        runId.commandEpoch(),
                        now,
                        link.charge(tokens),
                        false);
        run(new LaneEntry(runId.key(), runId.attempt(), request, run, 0), run);
        voice.adopted(runId, link.instanceId());
    }

    private void run(LaneEntry entry, Run run) {
        store.put(entry);
        runs.put(entry.key(), entry);
        charge(run);
    }

    private void charge(Run run) {
        InstanceLink link = links.get(run.instanceId());
        if (link != null) {
            link.reserve(run.reservedTokens());
        }
    }

    void stop(LaneEntry entry, Run run, String reason, long now) {
        InstanceLink link = links.get(run.instanceId());
        if (link == null || run.stopSent()) {
            return;
        }
        leaving(entry, run);
        voice.stop(link, entry.key(), entry.attempt(), reason, now);
    }

    /** Notes how far a run has come. Not stored: the worker's next heartbeat says it again. */
    void progressed(LaneEntry entry, Progress progress) {
        if (entry.request() != null && !entry.request().progress().equals(progress)) {
            PendingRequest request = entry.request().withProgress(progress);
            runs.put(entry.key(), entry.of(request));
            queue.order().progressed(request);
        }
    }

    /** When the request of a run was interrupted before, 0 if never. */
    long interruptedAt(LaneEntry entry) {
        return entry.request() == null ? 0 : entry.request().progress().interruptedAtMillis();
    }

    /** Has a run interrupted; its worker will say when that has happened. */
    void preempt(LaneEntry entry, InstanceLink link, String reason, long now) {
        leaving(entry, Objects.requireNonNull(entry.run(), "it runs"));
        voice.preempt(link, entry.key(), entry.attempt(), reason, now);
    }

    private void leaving(LaneEntry entry, Run run) {
        LaneEntry leaving = entry.running(run.stopping());
        store.put(leaving);
        runs.put(entry.key(), leaving);
    }

    /** A run has made its last token. */
    void completed(LaneEntry entry, int outputTokens) {
        if (entry.request() != null) {
            // Told first, with the true length; what follows finds it ended.
            queue.order().ended(entry.request(), outputTokens);
            runs.put(entry.key(), entry.of(null));
        }
        remove(entry);
    }

    /** A run was interrupted: the router sends it back here, if it can, to be taken up again. */
    void interrupted(LaneEntry entry, Progress progress) {
        release(entry, ReleaseReason.PREEMPTED, true, null, null, progress);
    }

    /** Makes way for a later attempt. */
    void supersede(LaneEntry entry, long now) {
        if (entry.run() != null) {
            stop(entry, entry.run(), "a later attempt takes its place", now);
        }
        remove(entry);
    }

    /** Forgets an entry and frees what it holds. */
    void remove(LaneEntry entry) {
        store.remove(entry.key());
        queue.remove(entry.key());
        LaneEntry run = runs.remove(entry.key());
        if (run != null && run.request() != null) {
            queue.order().ended(run.request(), run.request().progress().generatedTokens());
        }
        if (run != null && run.run() != null) {
            InstanceLink link = links.get(run.run().instanceId());
            if (link != null) {
                link.free(run.run().reservedTokens());
            }
        }
    }

    void release(LaneEntry entry, ReleaseReason reason, @Nullable String message) {
        release(entry, reason, true, null, message);
    }

    void release(
            LaneEntry entry,
            ReleaseReason reason,
            boolean retriable,
            @Nullable String code,
            @Nullable String message) {
        release(entry, reason, retriable, code, message, Progress.NONE);
    }

    private void release(
            LaneEntry entry,
            ReleaseReason reason,
            boolean retriable,
            @Nullable String code,
            @Nullable String message,
            Progress progress) {
        remove(entry);
        voice.announce(
                new Release(
                        entry.key(),
                        entry.attempt(),
                        laneId,
                        voice.epoch(),
                        reason,
                        retriable,
                        code,
                        message,
                        progress),
                entry.request());
    }

    /** Lets go of everything that waits, in order. */
    void releaseQueue(ReleaseReason reason, String message) {
        interrupted = false;
        for (RequestKey key : queue.inOrder()) {
            LaneEntry entry = store.get(key);
            if (entry != null) {
                release(entry, reason, message);
            }
        }
    }

    /**
     * Puts a link in place of any before; its instance's speed may change the order of the queue.
     */
    void connect(InstanceLink link) {
        if (links.put(link)) {
            interrupted = true;
            queue.order().cacheLost();
        }
        capacityChanged();
    }

    /** Forgets an instance that is long dead; its runs were lost when it died. */
    void disconnect(InstanceLink link) {
        links.remove(link);
        queue.order().cacheLost();
        capacityChanged();
    }

    /** Brings the queue in line with what the instances now say of themselves. */
    void capacityChanged() {
        links.tell(queue.order());
        ServiceModel measured = links.meanService();
        if (!measured.equals(service)) {
            service = measured;
            List<PendingRequest> waiting = waitingRequests();
            queue.clear();
            waiting.forEach(request -> queue.add(request, service));
        }
        long limit = links.longestRunTokens();
        if (limit < admittedUpTo) {
            releaseLongerThan(limit);
        }
        admittedUpTo = limit;
        interrupted = interrupted || !links.takeWork();
    }

    private void releaseLongerThan(long limit) {
        for (PendingRequest request : waitingRequests()) {
            LaneEntry entry = entry(request.key());
            if (entry != null && request.longestTokens() > limit) {
                String message =
                        "needs %d tokens; the instance holds at most %d"
                                .formatted(request.longestTokens(), limit);
                release(entry, ReleaseReason.REJECTED_TOO_LONG, message);
            }
        }
    }

    /** Lets time pass for the order of the queue. */
    void passTo(long now) {
        for (RequestKey key : queue.passTo(now)) {
            LaneEntry entry = store.get(key);
            queue.remove(key);
            if (entry != null && entry.request() != null) {
                queue.add(entry.request(), service);
            }
        }
    }

    private List<PendingRequest> waitingRequests() {
        List<PendingRequest> waiting = new ArrayList<>(queue.size());
        for (RequestKey key : queue.inOrder()) {
            LaneEntry entry = store.get(key);
            if (entry != null && entry.request() != null) {
                waiting.add(entry.request());
            }
        }
        return waiting;
    }
}
