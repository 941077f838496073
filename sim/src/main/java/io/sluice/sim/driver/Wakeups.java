package io.sluice.sim.driver;

import io.sluice.core.model.PendingRequest;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * One wake-up for each lane. It is moved only to an earlier time: a lane that wants to be woken
 * later than it once asked for is woken too early, finds nothing to do and asks again.
 */
final class Wakeups {

    /** A lane is to be woken at a time. */
    record Wakeup(long millis, String instanceId) {}

    private final Map<String, Wakeup> byInstance = new HashMap<>();
    private final TreeSet<Wakeup> inOrder =
            new TreeSet<>(
                    Comparator.comparingLong(Wakeup::millis).thenComparing(Wakeup::instanceId));

    Wakeups(Map<String, Long> saved) {
        saved.forEach((instanceId, millis) -> plan(instanceId, millis));
    }

    /**
     * Plans a wake-up unless there is an earlier one. A lane that never wants to be woken has
     * nothing to wait for: {@link PendingRequest#NEVER} takes back what was planned.
     */
    void plan(String instanceId, long millis) {
        Wakeup planned = byInstance.get(instanceId);
        boolean takenBack = millis == PendingRequest.NEVER;
        if (planned != null && (takenBack || millis < planned.millis())) {
            inOrder.remove(planned);
            byInstance.remove(instanceId);
            planned = null;
        }
        if (planned == null && !takenBack) {
            Wakeup wakeup = new Wakeup(millis, instanceId);
            byInstance.put(instanceId, wakeup);
            inOrder.add(wakeup);
        }
    }

    /** Time of the first wake-up, or {@link PendingRequest#NEVER}. */
    long nextMillis() {
        return inOrder.isEmpty() ? PendingRequest.NEVER : inOrder.first().millis();
    }

    /** Takes out the first wake-up that is due at the time, if there is one. */
    @Nullable Wakeup takeDue(long millis) {
        if (nextMillis() > millis) {
            return null;
        }
        Wakeup due = inOrder.pollFirst();
        if (due != null) {
            byInstance.remove(due.instanceId());
        }
        return due;
    }

    Map<String, Long> saved() {
        Map<String, Long> saved = new HashMap<>();
        inOrder.forEach(wakeup -> saved.put(wakeup.instanceId(), wakeup.millis()));
        return saved;
    }
}
