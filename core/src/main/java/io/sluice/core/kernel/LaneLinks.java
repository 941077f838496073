package io.sluice.core.kernel;

import io.sluice.core.kernel.InstanceState.Pace;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Speed;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.prediction.ServiceModel;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The instances of a lane, in the order of their ids, and what they can do together. */
final class LaneLinks implements Iterable<InstanceLink> {

    private final TreeMap<String, InstanceLink> byId = new TreeMap<>();
    private final boolean looksAhead;

    LaneLinks(List<InstanceState> saved, boolean looksAhead) {
        this.looksAhead = looksAhead;
        saved.forEach(state -> byId.put(state.instanceId(), new InstanceLink(state, looksAhead)));
    }

    /**
     * A link to a newly registered incarnation. The pace of an earlier one carries over: the road
     * is the same.
     */
    InstanceLink meet(
            ReportOrigin origin, InstanceCapacity capacity, @Nullable InstanceLink before) {
        Pace pace = before == null ? Pace.UNKNOWN : before.lookAhead().pace();
        return new InstanceLink(origin, capacity, new LookAhead(pace, looksAhead));
    }

    List<InstanceState> state() {
        return byId.values().stream().map(InstanceLink::state).toList();
    }

    @Override
    public Iterator<InstanceLink> iterator() {
        return byId.values().iterator();
    }

    /** Those of now, for a walk that changes them. */
    List<InstanceLink> copy() {
        return List.copyOf(byId.values());
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    @Nullable InstanceLink get(String instanceId) {
        return byId.get(instanceId);
    }

    /**
     * Puts a link in place of any before.
     *
     * @return whether there was one
     */
    boolean put(InstanceLink link) {
        return byId.put(link.instanceId(), link) != null;
    }

    void remove(InstanceLink link) {
        byId.remove(link.instanceId());
    }

    /**
     * Whether some instance may get work, now or later. A lane that has never heard of an instance
     * waits for one.
     */
    boolean takeWork() {
        for (InstanceLink link : byId.values()) {
            if (link.takesWork()) {
                return true;
            }
        }
        return byId.isEmpty();
    }

    /** Whether none lives. */
    boolean areDead() {
        for (InstanceLink link : byId.values()) {
            if (!link.isDead()) {
                return false;
            }
        }
        return true;
    }

    /** Whether some instance has yet to say what it holds. */
    boolean awaitSync() {
        return byId.values().stream().anyMatch(InstanceLink::awaitsSync);
    }

    /** Longest run that some instance that takes work can hold; unbounded while none is known. */
    long longestRunTokens() {
        long longest = 0;
        for (InstanceLink link : byId.values()) {
            if (link.takesWork()) {
                longest = Math.max(longest, link.capacity().longestRunTokens());
            }
        }
        // An instance holds at least one token.
        return longest == 0 ? Long.MAX_VALUE : longest;
    }

    /** Tells an order what the instances can hold and run. */
    void tell(QueueOrder order) {
        order.cacheHolds(mostKvTokens());
        order.runsAtOnce(maxSequences());
    }

    /** KV tokens of the largest instance; 0 while none is known. */
    private long mostKvTokens() {
        long most = 0;
        for (InstanceLink link : byId.values()) {
            most = Math.max(most, link.capacity().kvTokens());
        }
        return most;
    }

    /** Requests that those which take work run at once, all together; 1 while none is known. */
    int maxSequences() {
        int sum = 0;
        for (InstanceLink link : byId.values()) {
            sum += link.takesWork() ? link.capacity().maxSequences() : 0;
        }
        return Math.max(1, sum);
    }

    /** KV tokens that those which take work hold, all together. */
    long kvTokens() {
        long sum = 0;
        for (InstanceLink link : byId.values()) {
            sum += link.takesWork() ? link.capacity().kvTokens() : 0;
        }
        return sum;
    }

    /** Most tokens that some instance could take now. */
    long mostTakeableTokens() {
        long most = 0;
        for (InstanceLink link : byId.values()) {
            most = Math.max(most, link.mostTakeableTokens());
        }
        return most;
    }

    /** Places left over all instances in step, counting the look-ahead. */
    int freeSequences() {
        return byId.values().stream()
                .filter(InstanceLink::inStep)
                .mapToInt(InstanceLink::freeSequences)
                .sum();
    }

    /** KV tokens left over all instances in step, counting the look-ahead. */
    long freeTokens() {
        return byId.values().stream()
                .filter(InstanceLink::inStep)
                .mapToLong(InstanceLink::freeTokens)
                .sum();
    }

    /** How fast they are on average. */
    ServiceModel meanService() {
        List<Speed> speeds =
                byId.values().stream()
                        .map(link -> ServiceModel.of(link.capacity()).speed())
                        .toList();
        return speeds.isEmpty()
                ? ServiceModel.UNKNOWN_HARDWARE
                : new ServiceModel(
                        new Speed(
                                mean(speeds, Speed::prefillPerToken),
                                mean(speeds, Speed::prefillPerSquaredToken),
                                mean(speeds, Speed::decodePerToken),
                                mean(speeds, Speed::decodePerContextToken)));
    }

    private static double mean(List<Speed> speeds, ToDoubleFunction<Speed> part) {
        double sum = 0;
        for (Speed speed : speeds) {
            sum += part.applyAsDouble(speed);
        }
        return sum / speeds.size();
    }
}
