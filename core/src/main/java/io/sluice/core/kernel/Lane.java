package io.sluice.core.kernel;

import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.kernel.LaneEntry.Run;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RunId;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueuedRequest;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * One lane put together from its parts, and the commands about runs: each changes the entry and
 * tells the worker.
 */
final class Lane {

    private final LaneQueue queue;
    private final LaneLinks links;
    private final LaneVoice voice;
    private final LaneEntries entries;
    private final LaneReleases releases;
    private final LaneCapacity capacity;
    private final boolean runsGroups;

    Lane(
            String laneId,
            LanePolicies policies,
            LaneState state,
            PendingStore store,
            Consumer<LaneEffect> effects) {
        this.queue = new LaneQueue(policies, state.order());
        this.links = new LaneLinks(state.instances(), policies.batching().looksAhead());
        this.voice = new LaneVoice(state, effects);
        this.entries = new LaneEntries(store, queue, links);
        this.releases = new LaneReleases(laneId, entries, queue, voice);
        this.capacity = new LaneCapacity(links, queue, entries, releases, state.interrupted());
        this.runsGroups = policies.batching().runsGroups();
    }

    LaneState stateBesideOrder() {
        return new LaneState(
                voice.epoch(),
                voice.nextSeq(),
                links.state(),
                capacity.wasInterrupted(),
                voice.unsaidReleases(),
                OrderMemory.EMPTY);
    }

    /** What waits, in order. */
    LaneQueue queue() {
        return queue;
    }

    /** Its instances. */
    LaneLinks links() {
        return links;
    }

    /** What it has others do. */
    LaneVoice voice() {
        return voice;
    }

    /** What it owns, waiting and running. */
    LaneEntries entries() {
        return entries;
    }

    /** How it lets go. */
    LaneReleases releases() {
        return releases;
    }

    /** How it follows its instances. */
    LaneCapacity capacity() {
        return capacity;
    }

    /** Whether it has no entries, nothing to say, and no instance that it remembers. */
    boolean isBlank() {
        return queue.isEmpty() && entries.runCount() == 0 && !voice.hasUnsaid() && links.isEmpty();
    }

    /**
     * Sends a waiting request to an instance.
     *
     * @param maxPasses how often others may go before a head that does not fit
     */
    void send(LaneEntry entry, InstanceLink link, long now, int maxPasses) {
        PendingRequest request = Objects.requireNonNull(entry.request(), "sent from the queue");
        long charge = link.charge(request.reservedTokens());
        int position = queue.position(entry.key());
        entries.start(
                entry,
                request,
                new Run(link.instanceId(), link.incarnation(), voice.epoch(), now, charge, false));
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
        return head == null || entries.waiting(head.key()).passes() < maxPasses
                ? queue.behind(queue.leastTokens())
                : queue.behind(head.tokens());
    }

    /** Takes over a run that the worker holds and the lane did not know, or believed to wait. */
    void adopt(InstanceLink link, RunId runId, long tokens, long now) {
        Run run =
                new Run(
                        link.instanceId(),
                        link.incarnation(),
                        runId.commandEpoch(),
                        now,
                        link.charge(tokens),
                        false);
        entries.adopt(runId.key(), runId.attempt(), run);
        voice.adopted(runId, link.instanceId());
    }

    /** Has a run stopped, if it was not told so already. */
    void stop(LaneEntry entry, Run run, String reason, long now) {
        InstanceLink link = links.get(run.instanceId());
        if (link == null || run.stopSent()) {
            return;
        }
        entries.leaving(entry);
        voice.stop(link, entry.key(), entry.attempt(), reason, now);
    }

    /** Has a run interrupted; its worker will say when that has happened. */
    void preempt(LaneEntry entry, InstanceLink link, String reason, long now) {
        entries.leaving(entry);
        voice.preempt(link, entry.key(), entry.attempt(), reason, now);
    }

    /** Makes way for a later attempt. */
    void supersede(LaneEntry entry, long now) {
        if (entry.run() != null) {
            stop(entry, entry.run(), "a later attempt takes its place", now);
        }
        entries.remove(entry);
    }
}
