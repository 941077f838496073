package io.sluice.core.routing;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fleet as one router has read it from the workers' log, and whether it may assign yet.
 *
 * <p>After a restore the router holds back until it knows of every run that is still out: until the
 * new epoch's tick has come from every partition, and every instance known by then has said in this
 * epoch what it holds, or is dead. Ticks and reports must reach it in the order of their partition.
 */
public final class FleetView {

    private final long leaseMillis;
    private final long forgetMillis;
    private final TreeMap<String, FleetInstance> instances = new TreeMap<>();
    private final Map<Integer, Long> logMillis = new HashMap<>();
    private final Set<Integer> ticked = new HashSet<>();
    private @Nullable Set<String> awaited;
    private long epoch;
    private boolean epochStarted;
    private boolean open;
    private long joins;

    /**
     * Takes up a view where its state left it, closed until {@link #startEpoch} and what follows
     * it.
     *
     * @param leaseMillis how long after its last heartbeat, in log time, a worker is dead
     * @param forgetMillis how long after its death, in log time, an instance is remembered: what is
     *     remembered stays dead, and nothing of an incarnation turns up a lease after its last
     *     heartbeat, so what is forgotten does too
     * @param state what survived
     */
    public FleetView(long leaseMillis, long forgetMillis, FleetState state) {
        this.leaseMillis = leaseMillis;
        this.forgetMillis = forgetMillis;
        this.epoch = state.epoch();
        state.instances().forEach(instance -> instances.put(instance.instanceId(), instance));
    }

    /** What must survive a restore. */
    public FleetState state() {
        return new FleetState(epoch, new ArrayList<>(instances.values()));
    }

    /** A job attempt begins. */
    public void startEpoch(long newEpoch) {
        if (newEpoch > epoch) {
            epoch = newEpoch;
            ticked.clear();
            awaited = null;
            open = false;
        }
        epochStarted = true;
    }

    /** The present job attempt; meaningless before {@link #knowsEpoch}. */
    public long epoch() {
        return epoch;
    }

    /** Whether it knows which job attempt this is. */
    public boolean knowsEpoch() {
        return epochStarted;
    }

    /**
     * Whether a decision of this epoch belongs to an earlier job attempt. Meaningless before {@link
     * #knowsEpoch}: attempts that left no checkpoint are not known here.
     */
    public boolean isRolledBack(long decisionEpoch) {
        return decisionEpoch < epoch;
    }

    /** Whether requests may be assigned. */
    public boolean isOpen() {
        return open;
    }

    /** Grows whenever an instance joins; tells whether the fleet is still gathering. */
    public long joins() {
        return joins;
    }

    /**
     * A tick of the job was read.
     *
     * @param tickEpoch epoch that wrote it
     * @param partition partition it was read from
     * @param partitions how many partitions there are
     * @param appendedMillis its broker time
     */
    public void tick(long tickEpoch, int partition, int partitions, long appendedMillis) {
        read(partition, appendedMillis);
        instances.values().removeIf(this::isForgotten);
        if (epochStarted && tickEpoch == epoch && ticked.add(partition)) {
            if (ticked.size() == partitions) {
                awaited = new HashSet<>();
                for (FleetInstance instance : instances.values()) {
                    if (instance.echoedEpoch() < epoch) {
                        awaited.add(instance.instanceId());
                    }
                }
            }
        }
        openIfComplete();
    }

    /**
     * A worker's registration, heartbeat or drain notice was read; other reports only move the
     * log's time on.
     */
    public void report(WorkerReport report) {
        FleetInstance before = instances.get(report.origin().instanceId());
        if (before != null) {
            read(before.capacity().eventsPartition(), report.origin().logMillis());
        }
        if (report instanceof WorkerReport.Registered registered) {
            present(report.origin(), registered.capacity(), false);
        } else if (report instanceof WorkerReport.Heartbeat heartbeat) {
            present(report.origin(), heartbeat.capacity(), heartbeat.draining());
            if (heartbeat.syncSeq() > 0) {
                echoed(report.origin());
            }
        } else if (report instanceof WorkerReport.Draining draining) {
            instances.computeIfPresent(
                    report.origin().instanceId(),
                    (id, known) ->
                            known.incarnation() == report.origin().incarnation()
                                    ? known.draining(draining.draining())
                                    : known);
        }
        openIfComplete();
    }

    private void present(ReportOrigin origin, InstanceCapacity capacity, boolean draining) {
        read(capacity.eventsPartition(), origin.logMillis());
        FleetInstance known = instances.get(origin.instanceId());
        boolean same = known != null && known.incarnation() == origin.incarnation();
        boolean replaced = known != null && known.incarnation() > origin.incarnation();
        // What is dead stays dead: its lane answers it with a fence.
        boolean dead = same && !lives(known);
        if (replaced || dead) {
            return;
        }
        if (!same) {
            joins++;
        }
        instances.put(
                origin.instanceId(),
                new FleetInstance(
                        origin.instanceId(),
                        origin.incarnation(),
                        capacity,
                        origin.logMillis(),
                        same && known != null ? known.echoedEpoch() : 0,
                        draining));
    }

    /**
     * A worker has said what it holds. It may have been asked in an epoch that this router has not
     * heard of yet, since the epoch takes another road than the log; no other answer would come.
     */
    private void echoed(ReportOrigin origin) {
        FleetInstance known = instances.get(origin.instanceId());
        if (known == null
                || known.incarnation() != origin.incarnation()
                || known.echoedEpoch() >= origin.epoch()) {
            return;
        }
        instances.put(origin.instanceId(), known.echoing(origin.epoch()));
        if (awaited != null && origin.epoch() >= epoch) {
            awaited.remove(origin.instanceId());
        }
    }

    private void openIfComplete() {
        if (!open && awaited != null) {
            open = awaited.stream().map(instances::get).noneMatch(this::lives);
        }
    }

    private void read(int partition, long appendedMillis) {
        logMillis.merge(partition, appendedMillis, Math::max);
    }

    /** Whether, as far as the log has been read, the instance's lease runs. */
    private boolean lives(@Nullable FleetInstance instance) {
        if (instance == null) {
            return false;
        }
        Long read = logMillis.get(instance.capacity().eventsPartition());
        return read == null || read <= instance.lastHeartbeatLogMillis() + leaseMillis;
    }

    private boolean isForgotten(FleetInstance instance) {
        Long read = logMillis.get(instance.capacity().eventsPartition());
        return read != null
                && read > instance.lastHeartbeatLogMillis() + leaseMillis + forgetMillis;
    }

    /** Instances that live, whether or not they take work, by id. */
    public List<FleetInstance> living() {
        List<FleetInstance> living = new ArrayList<>(instances.size());
        for (FleetInstance instance : instances.values()) {
            if (lives(instance)) {
                living.add(instance);
            }
        }
        return living;
    }

    /** Every instance that is remembered, dead ones included. */
    public Collection<FleetInstance> all() {
        return List.copyOf(instances.values());
    }
}
