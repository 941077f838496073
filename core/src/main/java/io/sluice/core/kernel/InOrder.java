package io.sluice.core.kernel;

import io.sluice.core.policy.QueuedRequest;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** Sends what waits in the lane's order; what has started runs to its end. */
final class InOrder implements Dispatcher {

    private final Lane lane;
    private final LaneSettings settings;

    InOrder(Lane lane, LaneSettings settings) {
        this.lane = lane;
        this.settings = settings;
    }

    @Override
    public boolean dispatch(long now) {
        for (int sent = 0; sent < settings.dispatchesPerWakeup(); sent++) {
            if (!dispatchNext(now)) {
                return false;
            }
        }
        return true;
    }

    private boolean dispatchNext(long now) {
        long most = lane.links().mostTakeableTokens();
        QueuedRequest head = lane.queue().leastTokens() > most ? null : lane.queue().head();
        QueuedRequest chosen = head == null ? null : choose(head, most);
        if (chosen == null) {
            return false;
        }
        InstanceLink link = Objects.requireNonNull(roomiest(chosen), "it was chosen for one");
        lane.send(lane.entries().waiting(chosen.key()), link, now, settings.maxPasses());
        return true;
    }

    /**
     * The head, or if that does not fit the first that does. A head that does not fit lets others
     * go first, but only so often: else a long request would wait for ever. Once it lets nobody
     * pass any more, nobody behind it is looked at.
     */
    private @Nullable QueuedRequest choose(QueuedRequest head, long most) {
        if (roomiest(head) != null) {
            return head;
        }
        LaneEntry passed = lane.entries().waiting(head.key());
        if (passed.passes() >= settings.maxPasses()) {
            return null;
        }
        QueuedRequest chosen = lane.queue().firstThatFits(w -> roomiest(w) != null, most);
        if (chosen != null) {
            lane.entries().passed(passed);
        }
        return chosen;
    }

    /** The instance with most free tokens among those that can take the request. */
    private @Nullable InstanceLink roomiest(QueuedRequest waiting) {
        InstanceLink roomiest = null;
        for (InstanceLink link : lane.links()) {
            boolean roomier = roomiest == null || link.freeTokens() > roomiest.freeTokens();
            if (roomier && link.canTake(waiting)) {
                roomiest = link;
            }
        }
        return roomiest;
    }
}
