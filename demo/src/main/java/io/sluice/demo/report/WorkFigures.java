package io.sluice.demo.report;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the lanes and the workers did.
 *
 * @param dispatches dispatch commands written
 * @param redispatches those with an attempt above 1, and those that repeat a dispatch id
 * @param overheadMillis wall time from the decision to dispatch until the worker took the command
 *     in; never scaled by a speedup
 * @param instances how busy each was
 */
public record WorkFigures(
        long dispatches,
        long redispatches,
        Distribution overheadMillis,
        SortedMap<String, Utilisation> instances) {

    /**
     * How busy an instance was, in milliseconds of wall time.
     *
     * @param busyMillis executing at least one sequence
     * @param idleWhileQueuedMillis with nothing to execute although requests waited for it
     */
    public record Utilisation(long busyMillis, long idleWhileQueuedMillis) {

        /** Idle time as a share of busy time; 0 if it was never busy. */
        public double idleShare() {
            return busyMillis == 0 ? 0 : (double) idleWhileQueuedMillis / busyMillis;
        }

        Utilisation plus(Utilisation other) {
            return new Utilisation(
                    busyMillis + other.busyMillis,
                    idleWhileQueuedMillis + other.idleWhileQueuedMillis);
        }
    }

    /** Copies the map. */
    public WorkFigures {
        instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    }

    /** All instances together. */
    public Utilisation fleet() {
        return instances.values().stream().reduce(new Utilisation(0, 0), Utilisation::plus);
    }
}
