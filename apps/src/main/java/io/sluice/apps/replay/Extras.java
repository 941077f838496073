package io.sluice.apps.replay;

import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.sim.random.Draws;

import java.util.PriorityQueue;

/** Draws duplicates and cancels for requests that were sent, and keeps them until they are due. */
final class Extras {

    private static final byte[] NOTHING = new byte[0];

    private final Disturbance disturbance;
    private final PriorityQueue<Extra> pending = new PriorityQueue<>();

    Extras(Disturbance disturbance) {
        this.disturbance = disturbance;
    }

    /** A request is sent: what comes after it? */
    void follow(ShapedRequest request, long dueNanos, byte[] value) {
        draw(SendKind.DUPLICATE, disturbance.duplicates(), request, dueNanos, value);
        draw(SendKind.CANCEL, disturbance.cancels(), request, dueNanos, NOTHING);
    }

    private void draw(
            SendKind kind, double part, ShapedRequest request, long dueNanos, byte[] value) {
        if (part == 0) {
            return;
        }
        Draws draws =
                Draws.of(disturbance.seed(), kind.name(), request.timed().request().sequence());
        if (draws.uniform() < part) {
            double seconds =
                    draws.exponential() * Disturbance.MEAN_DELAY_SECONDS / disturbance.speedup();
            pending.add(new Extra(kind, request, dueNanos + (long) (seconds * 1e9), value));
        }
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** When the next is due; {@link Long#MAX_VALUE} if there is none. */
    long nextDueNanos() {
        Extra next = pending.peek();
        return next == null ? Long.MAX_VALUE : next.dueNanos();
    }

    Extra poll() {
        return pending.remove();
    }

    void clear() {
        pending.clear();
    }
}
