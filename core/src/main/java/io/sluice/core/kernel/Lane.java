package io.sluice.core.kernel;

import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.kernel.LaneEntry.Run;
import io.sluice.core.kernel.LaneQueue.Waiting;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.prediction.ServiceModel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The data of one lane and the moves that keep it consistent: an entry is in the store and either
 * in the queue or among the runs, and every run is charged to the link it names.
 */
final class Lane {

    private final String laneId;
    private final PendingStore store;
    private final Consumer<LaneEffect> effects;
    private final LaneQueue queue;
    private final Map<RequestKey, LaneEntry> runs = new HashMap<>();
    private final TreeMap<String, InstanceLink> links = new TreeMap<>();

    private final List<LaneEffect> unsaid = new ArrayList<>();

    private long epoch;
    private boolean epochKnown;
    private boolean interrupted;
    private long nextSeq;
    private ServiceModel service;
    private long admittedUpTo = Long.MAX_VALUE;

    Lane(
            String laneId,
            LaneQueue queue,
            LaneState state,
            PendingStore store,
            Consumer<LaneEffect> effects) {
        this.laneId = laneId;
        this.store = store;
        this.effects = effects;
        this.queue = queue;
        this.epoch = state.epoch();
        this.nextSeq = state.nextSeq();
        this.interrupted = state.interrupted();
        state.instances().forEach(saved -> links.put(saved.instanceId(), new InstanceLink(saved)));
        state.unsaid().forEach(release -> unsaid.add(new LaneEffect.Released(release, null)));
        this.service = meanService();
        store.all().forEach(this::index);
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
        List<InstanceState> instances = new ArrayList<>(links.size());
        links.values().forEach(link -> instances.add(link.state()));
        return new LaneState(epoch, nextSeq, instances, interrupted, unsaidReleases());
    }

    private List<Release> unsaidReleases() {
        return unsaid.stream()
                .filter(LaneEffect.Released.class::isInstance)
                .map(effect -> ((LaneEffect.Released) effect).release())
                .toList();
    }

    /** Whether it has something to say once it knows the epoch. */
    boolean hasUnsaid() {
        return !unsaid.isEmpty();
    }

    /**
     * Has something done. Before the epoch is known it waits: in the epoch of the checkpoint it
     * would pass for a decision that was taken back.
     */
    private void say(LaneEffect effect) {
        if (epochKnown) {
            effects.accept(effect);
        } else {
            unsaid.add(effect);
        }
    }

    LaneQueue queue() {
        return queue;
    }

    Collection<InstanceLink> links() {
        return links.values();
    }

    @Nullable InstanceLink link(String instanceId) {
        return links.get(instanceId);
    }

    long epoch() {
        return epoch;
    }

    /**
     * The job attempt is known; what has waited for that is said. In a new one every instance is
     * asked afresh, so earlier questions need not be put.
     *
     * @return whether it is a new one
     */
    boolean begin(long newEpoch) {
        boolean isNew = newEpoch > epoch;
        epoch = Math.max(epoch, newEpoch);
        epochKnown = true;
        List<LaneEffect> waiting = List.copyOf(unsaid);
        unsaid.clear();
        for (LaneEffect effect : waiting) {
            if (effect instanceof LaneEffect.Released released) {
                announce(released.release(), released.request());
            } else if (effect instanceof LaneEffect.Command command) {
                if (!(isNew && effect instanceof LaneEffect.Sync)) {
                    say(command.at(command.address().inEpoch(epoch)));
                }
            } else {
                say(effect);
            }
        }
        return isNew;
    }

    ServiceModel service() {
        return service;
    }

    int runCount() {
        return runs.size();
    }

    /**
     * Whether some instance may get work, now or later. A lane that has never heard of an instance
     * waits for one.
     */
    boolean takesWork() {
        return links.isEmpty() || links.values().stream().anyMatch(InstanceLink::takesWork);
    }

    /**
     * Whether, since what waits was last handed back, there was a time without an instance that
     * takes work, or an instance has lost its runs to a new incarnation.
     */
    boolean wasInterrupted() {
        return interrupted;
    }

    /** Longest run that some instance that takes work can hold; unbounded while none is known. */
    long longestRunTokens() {
        return links.values().stream()
                .filter(InstanceLink::takesWork)
                .mapToLong(link -> link.capacity().longestRunTokens())
                .max()
                .orElse(Long.MAX_VALUE);
    }

    @Nullable LaneEntry entry(RequestKey key) {
        LaneEntry run = runs.get(key);
        if (run != null) {
            return run;
        }
        return queue.contains(key) ? store.get(key) : null;
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
        queue.add(request, service);
    }

    /** Replaces a waiting entry's description, and with it its place. */
    void requeue(LaneEntry entry, PendingRequest request) {
        queue.remove(entry.key());
        enqueue(entry.of(request), request);
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
        Run run = new Run(link.instanceId(), link.incarnation(), epoch, now, charge, false);
        int position = queue.position(entry.key());
        queue.remove(entry.key());
        run(entry.running(run), run);
        say(
                new LaneEffect.Dispatch(
                        link.address(epoch, nextSeq++, now),
                        request,
                        entry.attempt(),
                        behind(maxPasses),
                        position));
    }

    private Behind behind(int maxPasses) {
        Waiting head = queue.head();
        if (head == null) {
            return Behind.NOTHING;
        }
        LaneEntry entry = store.get(head.key());
        boolean roomIsHeld = entry != null && entry.passes() >= maxPasses;
        return new Behind(queue.size(), roomIsHeld ? head.tokens() : queue.leastTokens());
    }

    /** Takes over a run that the worker holds and the lane did not know, or believed to wait. */
    void adopt(InstanceLink link, RunId runId, long tokens, long now) {
        LaneEntry known = entry(runId.key());
        if (known != null) {
            remove(known);
        }
        PendingRequest request = known == null ? null : known.request();
        Run run =
                new Run(
                        link.instanceId(),
                        link.incarnation(),
                        runId.commandEpoch(),
                        now,
                        link.charge(tokens),
                        false);
        run(new LaneEntry(runId.key(), runId.attempt(), request, run, 0), run);
        say(new LaneEffect.Adopted(runId.key(), runId.attempt(), link.instanceId()));
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
        LaneEntry stopping = entry.running(run.stopping());
        store.put(stopping);
        runs.put(entry.key(), stopping);
        say(
                new LaneEffect.Stop(
                        link.address(epoch, nextSeq++, now), entry.key(), entry.attempt(), reason));
    }

    /** Has a worker stop a run that the lane does not count among its own. */
    void stopStray(InstanceLink link, RunId run, String reason, long now) {
        say(
                new LaneEffect.Stop(
                        link.address(epoch, nextSeq++, now), run.key(), run.attempt(), reason));
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
        remove(entry);
        announce(
                new Release(
                        entry.key(),
                        entry.attempt(),
                        laneId,
                        epoch,
                        reason,
                        retriable,
                        code,
                        message),
                entry.request());
    }

    /** Sends a release out, in the present epoch. */
    void announce(Release release, @Nullable PendingRequest request) {
        say(new LaneEffect.Released(release.inEpoch(epoch), request));
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
        interrupted = links.put(link.instanceId(), link) != null || interrupted;
        capacityChanged();
    }

    /** Forgets an instance that is long dead; its runs were lost when it died. */
    void disconnect(InstanceLink link) {
        links.remove(link.instanceId());
        capacityChanged();
    }

    /** Brings the queue in line with what the instances now say of themselves. */
    void capacityChanged() {
        ServiceModel measured = meanService();
        if (!measured.equals(service)) {
            service = measured;
            List<PendingRequest> waiting = waitingRequests();
            queue.clear();
            waiting.forEach(request -> queue.add(request, service));
        }
        long limit = longestRunTokens();
        if (limit < admittedUpTo) {
            releaseLongerThan(limit);
        }
        admittedUpTo = limit;
        interrupted = interrupted || !takesWork();
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

    void sync(InstanceLink link, boolean newHold, long now) {
        long seq = nextSeq++;
        link.awaitSync(seq, newHold);
        say(new LaneEffect.Sync(link.address(epoch, seq, now)));
    }

    /** Answers an incarnation that was declared dead or replaced. */
    void fence(InstanceLink current, long deadIncarnation, long now) {
        LaneEffect.Address address = current.address(epoch, nextSeq++, now);
        say(
                new LaneEffect.Fence(
                        new LaneEffect.Address(
                                address.instanceId(),
                                deadIncarnation,
                                address.dispatchPartition(),
                                epoch,
                                address.seq(),
                                now)));
    }

    void drainWorker(InstanceLink link, boolean draining, long now) {
        say(new LaneEffect.DrainWorker(link.address(epoch, nextSeq++, now), draining));
    }

    private ServiceModel meanService() {
        double prefill = 0;
        double decode = 0;
        for (InstanceLink link : links.values()) {
            ServiceModel model = ServiceModel.of(link.capacity());
            prefill += model.prefillMillisPerToken();
            decode += model.decodeMillisPerToken();
        }
        int count = links.size();
        return count == 0
                ? ServiceModel.UNKNOWN_HARDWARE
                : new ServiceModel(prefill / count, decode / count);
    }
}
