package io.sluice.apps.page.live;

import io.sluice.schemas.avro.InstanceCapacity;
import io.sluice.schemas.avro.WorkerEvent;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The instances, as their workers' heartbeats describe them. */
final class Fleet {

    /** Instances that are shown one by one. */
    static final int MOST_INSTANCES = 200;

    /** Instances beyond those that are at least counted. */
    private static final int MOST_OTHERS = 10_000;

    /** An instance that was silent for so long is not part of the fleet any more. */
    static final long FORGOTTEN_MILLIS = 15 * 60_000;

    private static final class Instance {
        private final ClockSkew skew = new ClockSkew();
        private long incarnation;
        private long seq;
        private long heardMillis;
        private boolean draining;
        private @Nullable WorkerEvent heartbeat;
    }

    private final Map<String, Instance> instances = new TreeMap<>();
    private final Set<String> others = new HashSet<>();
    private long repeated;

    /**
     * Takes in an event.
     *
     * @return whether it is news: not a repetition, not of a process that has been replaced
     */
    boolean heard(WorkerEvent event, long appendMillis) {
        Instance instance = instance(event.getInstanceId(), appendMillis);
        if (instance == null) {
            return true;
        }
        if (isOld(event, instance)) {
            repeated++;
            return false;
        }
        instance.incarnation = event.getIncarnation();
        instance.seq = event.getSeq();
        instance.heardMillis = appendMillis;
        instance.skew.add(event.getAt().toEpochMilli(), appendMillis);
        switch (event.getType()) {
            case REGISTERED -> instance.draining = false;
            case DRAINING -> instance.draining = event.getDraining();
            case HEARTBEAT -> {
                instance.draining = event.getDraining();
                instance.heartbeat = event;
            }
            default -> {
                // Of a run, not of the instance.
            }
        }
        return true;
    }

    private static boolean isOld(WorkerEvent event, Instance instance) {
        return event.getIncarnation() < instance.incarnation
                || (event.getIncarnation() == instance.incarnation
                        && event.getSeq() <= instance.seq);
    }

    private @Nullable Instance instance(String id, long appendMillis) {
        Instance known = instances.get(id);
        if (known != null) {
            return known;
        }
        if (instances.size() >= MOST_INSTANCES) {
            instances.values().removeIf(old -> isForgotten(old, appendMillis));
        }
        if (instances.size() >= MOST_INSTANCES) {
            if (others.size() < MOST_OTHERS) {
                others.add(id);
            }
            return null;
        }
        Instance fresh = new Instance();
        instances.put(id, fresh);
        return fresh;
    }

    private static boolean isForgotten(Instance instance, long nowMillis) {
        return nowMillis - instance.heardMillis > FORGOTTEN_MILLIS;
    }

    /** Events that had been heard before, or came from a process that had been replaced. */
    long repeated() {
        return repeated;
    }

    LiveSnapshot.FleetView view(long nowMillis, Selection selection) {
        instances.values().removeIf(old -> isForgotten(old, nowMillis));
        List<LiveSnapshot.InstanceView> views =
                instances.entrySet().stream()
                        .filter(entry -> selection.isInstance(entry.getKey()))
                        .map(entry -> view(entry.getKey(), entry.getValue(), nowMillis))
                        .toList();
        return new LiveSnapshot.FleetView(views, others.size());
    }

    private static LiveSnapshot.InstanceView view(String id, Instance instance, long nowMillis) {
        WorkerEvent heartbeat = instance.heartbeat;
        InstanceCapacity capacity = heartbeat == null ? null : heartbeat.getCapacity();
        return new LiveSnapshot.InstanceView(
                id,
                capacity == null ? null : capacity.getHardware(),
                heartbeat == null ? null : heartbeat.getRunning(),
                heartbeat == null ? null : heartbeat.getWaiting(),
                capacity == null ? null : capacity.getMaxSequences(),
                kvUse(heartbeat, capacity),
                instance.draining,
                Math.max(0, nowMillis - instance.heardMillis),
                instance.skew.millis(nowMillis));
    }

    /** The used part of the KV cache; null where a worker does not say. */
    private static @Nullable Double kvUse(
            @Nullable WorkerEvent heartbeat, @Nullable InstanceCapacity capacity) {
        if (heartbeat == null || capacity == null || capacity.getKvTokens() <= 0) {
            return null;
        }
        Long free = heartbeat.getFreeKvTokens();
        return free == null ? null : 1 - free / (double) capacity.getKvTokens();
    }
}
