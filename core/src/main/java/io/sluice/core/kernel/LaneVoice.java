package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a lane has done by others: numbered commands to workers, and releases, each in the epoch in
 * which it is decided. Until that is known they wait: in the epoch of the checkpoint they would
 * pass for decisions that were taken back.
 */
final class LaneVoice {

    private final Consumer<LaneEffect> effects;
    private final List<LaneEffect> unsaid = new ArrayList<>();

    private long epoch;
    private boolean epochKnown;
    private long nextSeq;

    LaneVoice(LaneState state, Consumer<LaneEffect> effects) {
        this.effects = effects;
        this.epoch = state.epoch();
        this.nextSeq = state.nextSeq();
        state.unsaid().forEach(release -> unsaid.add(new LaneEffect.Released(release, null)));
    }

    long epoch() {
        return epoch;
    }

    /** Number of the next command. */
    long nextSeq() {
        return nextSeq;
    }

    /** Whether it has something to say once it knows the epoch. */
    boolean hasUnsaid() {
        return !unsaid.isEmpty();
    }

    /** The releases that wait for the epoch. */
    List<Release> unsaidReleases() {
        return unsaid.stream()
                .filter(LaneEffect.Released.class::isInstance)
                .map(effect -> ((LaneEffect.Released) effect).release())
                .toList();
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
            } else if (effect instanceof LaneEffect.Adopted adopted) {
                say(adopted.inEpoch(epoch));
            }
        }
        return isNew;
    }

    void say(LaneEffect effect) {
        if (epochKnown) {
            effects.accept(effect);
        } else {
            unsaid.add(effect);
        }
    }

    /** Sends a release out, in the present epoch. */
    void announce(Release release, @Nullable PendingRequest request) {
        say(new LaneEffect.Released(release.inEpoch(epoch), request));
    }

    /** Says that a run which an instance holds is the lane's from now on. */
    void adopted(RunId run, String instanceId) {
        say(new LaneEffect.Adopted(run.key(), run.attempt(), instanceId, epoch));
    }

    /** Where the next command to an instance goes; takes its number. */
    LaneEffect.Address address(InstanceLink link, long now) {
        return link.address(epoch, nextSeq++, now);
    }

    /** Has an instance say what it holds. */
    void sync(InstanceLink link, boolean newHold, long now) {
        LaneEffect.Address address = address(link, now);
        link.awaitSync(address.seq(), newHold, now);
        say(new LaneEffect.Sync(address));
    }

    /** Has a worker stop a run. */
    void stop(InstanceLink link, RequestKey key, int attempt, String reason, long now) {
        say(new LaneEffect.Stop(address(link, now), key, attempt, reason));
    }

    /** Has a worker interrupt a run. */
    void preempt(InstanceLink link, RequestKey key, int attempt, String reason, long now) {
        say(new LaneEffect.Preempt(address(link, now), key, attempt, reason));
    }

    /** Answers an incarnation that was declared dead or replaced. */
    void fence(InstanceLink current, long deadIncarnation, long now) {
        LaneEffect.Address address = address(current, now);
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

    /** Passes on that a worker is to drain, or no longer to. */
    void drain(InstanceLink link, boolean draining, long now) {
        say(new LaneEffect.DrainWorker(address(link, now), draining));
    }

    /** Says that there is none to pass it on to, which is so in whatever epoch. */
    void nobodyToDrain(String instanceId, boolean draining) {
        effects.accept(new LaneEffect.NobodyToDrain(instanceId, draining));
    }
}
