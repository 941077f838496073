package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.BatchFormation.Closed;
import io.sluice.core.policy.QueuedRequest;

/**
 * Sends groups to instances that run nothing. Remembers nothing: whether a group runs is seen from
 * what is in flight, and how long a request has waited from its submission, so a restored lane goes
 * on where it was. A group is sent at one moment, whatever its size, so no crash leaves half of one
 * behind.
 *
 * <p>Within a group, what does not fit beside those before it is left for the next one. Nothing is
 * passed for ever: the first in order fits any instance that is free.
 */
final class ClosedBatches implements Dispatcher {

    /** Nothing goes before the first in order. */
    private static final int NO_PASSES = 0;

    private final Lane lane;
    private final Closed rule;
    private long nextFormation = PendingRequest.NEVER;

    ClosedBatches(Lane lane, Closed rule) {
        this.lane = lane;
        this.rule = rule;
    }

    @Override
    public long nextMillis() {
        return nextFormation;
    }

    @Override
    public boolean dispatch(long now) {
        nextFormation = PendingRequest.NEVER;
        for (InstanceLink link : lane.links()) {
            if (link.isFree() && !lane.queue().isEmpty()) {
                formOn(link, now);
            }
        }
        return false;
    }

    private void formOn(InstanceLink link, long now) {
        long size = rule.sizeOn(link.capacity().maxSequences());
        long tokens = rule.tokensOn(link.capacity().kvTokens());
        LaneQueue queue = lane.queue();
        double due = queue.oldestMillis() + rule.waitMillis();
        if (queue.size() >= size || queue.tokens() >= tokens || due <= now) {
            send(link, size, tokens, now);
        } else {
            nextFormation = Math.min(nextFormation, (long) Math.ceil(due));
        }
    }

    private void send(InstanceLink link, long size, long tokens, long now) {
        long room = tokens;
        for (long sent = 0; sent < size; sent++) {
            boolean first = sent == 0;
            long left = room;
            QueuedRequest member =
                    lane.queue()
                            .firstThatFits(
                                    waiting ->
                                            link.canEverHold(waiting)
                                                    && (first || waiting.tokens() <= left),
                                    first ? Long.MAX_VALUE : left);
            if (member == null) {
                return;
            }
            lane.send(lane.entries().waiting(member.key()), link, now, NO_PASSES);
            room -= member.tokens();
        }
    }
}
