package io.sluice.core.kernel;

import io.sluice.core.kernel.LaneEntry.Run;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestKey;
import io.sluice.core.prediction.ServiceModel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The entries of one lane and the moves that keep them consistent: an entry is in the store and
 * either in the queue or among the runs, every run is charged to the link it names, and the order
 * of the queue hears of each.
 */
final class LaneEntries {

    private final PendingStore store;
    private final LaneQueue queue;
    private final LaneLinks links;
    // In order of their keys, so that whoever looks at those of an instance need not sort them.
    private final Map<RequestKey, LaneEntry> runs = new TreeMap<>();

    private ServiceModel service;

    /** Takes up the entries of a store: into the queue, and onto the links. */
    LaneEntries(PendingStore store, LaneQueue queue, LaneLinks links) {
        this.store = store;
        this.queue = queue;
        this.links = links;
        this.service = links.meanService();
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

    /** How fast a request is served here, by which what waits is ordered. */
    ServiceModel service() {
        return service;
    }

    int runCount() {
        return runs.size();
    }

    @Nullable LaneEntry find(RequestKey key) {
        LaneEntry run = runs.get(key);
        return run == null && queue.contains(key) ? store.get(key) : run;
    }

    /** The entry if the lane owns exactly this attempt, waiting or running. */
    @Nullable LaneEntry owned(RequestKey key, int attempt) {
        LaneEntry entry = find(key);
        return entry != null && entry.attempt() == attempt ? entry : null;
    }

    /**
     * The entry of a request that stands in the queue.
     *
     * @throws IllegalStateException if there is none: queue and store have parted
     */
    LaneEntry waiting(RequestKey key) {
        LaneEntry entry = store.get(key);
        if (entry == null || entry.request() == null) {
            throw new IllegalStateException("no entry for waiting request " + key);
        }
        return entry;
    }

    List<LaneEntry> runsOn(InstanceLink link) {
        return runs.values().stream().filter(entry -> entry.runsOn(link.instanceId())).toList();
    }

    void enqueue(LaneEntry entry, PendingRequest request) {
        store.put(entry);
        queue.order().joined(request);
        queue.add(request, service);
    }

    /** Replaces a waiting entry's description, and with it its place. */
    void requeue(LaneEntry entry, PendingRequest request) {
        store.put(entry.of(request));
        queue.replace(request, service);
    }

    /** A later request goes ahead of one that waits. */
    void passed(LaneEntry entry) {
        store.put(entry.passedOnce());
    }

    /** A waiting request runs from now on. */
    void start(LaneEntry entry, PendingRequest request, Run run) {
        queue.remove(entry.key());
        queue.order().sent(request);
        run(entry.running(run), run);
    }

    /**
     * A run turns up that was not known, or was believed to wait. The request stays what it was
     * before, if it was anything.
     */
    void adopt(RequestKey key, int attempt, Run run) {
        LaneEntry known = find(key);
        if (known != null) {
            remove(known);
        }
        PendingRequest request = known == null ? null : known.request();
        if (request != null) {
            queue.order().sent(request);
        }
        run(new LaneEntry(key, attempt, request, run, 0), run);
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

    /** Notes how far a run has come. Not stored: the worker's next heartbeat says it again. */
    void progressed(LaneEntry entry, Progress progress) {
        if (entry.request() != null && !entry.request().progress().equals(progress)) {
            PendingRequest request = entry.request().withProgress(progress);
            runs.put(entry.key(), entry.of(request));
            queue.order().progressed(request);
        }
    }

    /** A run is told to end. */
    void leaving(LaneEntry entry) {
        Run run = Objects.requireNonNull(entry.run(), "it runs");
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

    /** Orders what waits by how fast the instances are now. */
    void measure() {
        ServiceModel measured = links.meanService();
        if (!measured.equals(service)) {
            service = measured;
            List<LaneEntry> waiting = new ArrayList<>(queue.size());
            queue.inOrder().forEach(key -> waiting.add(waiting(key)));
            queue.clear();
            waiting.forEach(this::addAgain);
        }
    }

    /** Lets time pass for the order of the queue. */
    void passTo(long now) {
        for (RequestKey key : queue.passTo(now)) {
            queue.remove(key);
            addAgain(waiting(key));
        }
    }

    private void addAgain(LaneEntry entry) {
        if (entry.request() != null) {
            queue.add(entry.request(), service);
        }
    }
}
