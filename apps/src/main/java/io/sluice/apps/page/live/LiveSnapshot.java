package io.sluice.apps.page.live;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What the page shows at one moment; its JSON is what the browser gets. Times are milliseconds
 * since the epoch by the broker's clock, unless a name says otherwise.
 *
 * @param nowMillis the moment
 * @param series how things went over time
 * @param outcomes how requests ended in the time of the series, by kind
 * @param outcomesAsOfMillis when the newest outcome was appended; 0 if there is none
 * @param eventsAsOfMillis when the newest worker event was appended; 0 if there is none
 * @param fleet the instances
 * @param queues what waits
 * @param heads who goes next
 * @param attainment targets met
 * @param slo how the objectives stand
 * @param alerts alerts that are open, and those that ended a while ago
 * @param policies policies in force, and who changed what
 * @param oddities records that are not as they should be
 */
public record LiveSnapshot(
        long nowMillis,
        Series series,
        Map<String, Long> outcomes,
        long outcomesAsOfMillis,
        long eventsAsOfMillis,
        FleetView fleet,
        QueueView queues,
        HeadsView heads,
        AttainmentView attainment,
        SloView slo,
        AlertsView alerts,
        PoliciesView policies,
        Oddities oddities) {

    /**
     * Things over time, in slots of one length, oldest first.
     *
     * @param startMillis when the first slot begins
     * @param stepMillis length of a slot
     * @param ttft time to first token from submission, from worker events
     * @param tpot time per output token after the first, from worker events
     * @param queueWait submission to dispatch, from worker events
     * @param work completed runs and their output tokens, from worker events
     * @param outcomes requests settled, by kind, from outcomes
     */
    public record Series(
            long startMillis,
            long stepMillis,
            Percentiles ttft,
            Percentiles tpot,
            Percentiles queueWait,
            Map<String, List<Long>> work,
            Map<String, List<Long>> outcomes) {}

    /**
     * A latency over time.
     *
     * @param p50 median of each slot, milliseconds; null where there was none
     * @param p90 90th percentile
     * @param p99 99th percentile
     * @param counts values in each slot
     */
    public record Percentiles(
            List<@Nullable Double> p50,
            List<@Nullable Double> p90,
            List<@Nullable Double> p99,
            List<Long> counts) {}

    /**
     * The instances.
     *
     * @param instances those that are shown one by one
     * @param others how many there are beside them
     */
    public record FleetView(List<InstanceView> instances, int others) {}

    /**
     * An instance. What its worker has not told is null.
     *
     * @param id its id
     * @param hardware what it runs on
     * @param running sequences that run
     * @param waiting accepted requests that wait in its engine
     * @param maxSequences most sequences that can run at once
     * @param kvUse used part of the KV cache, 0 to 1
     * @param draining whether it takes nothing more
     * @param silentMillis milliseconds since the broker got its last event
     * @param skewMillis milliseconds by which its clock was ahead of the broker's in the last
     *     minute, at most; negative if behind
     */
    public record InstanceView(
            String id,
            @Nullable String hardware,
            @Nullable Integer running,
            @Nullable Integer waiting,
            @Nullable Integer maxSequences,
            @Nullable Double kvUse,
            boolean draining,
            long silentMillis,
            long skewMillis) {}

    /**
     * What waits.
     *
     * @param classes names of the classes, most urgent first
     * @param lanes the lanes
     */
    public record QueueView(List<String> classes, List<LaneView> lanes) {}

    /**
     * What waits in a lane.
     *
     * @param instance the instance that the lane feeds
     * @param known requests of each class
     * @param unknown requests that were assigned before the page began to read
     */
    public record LaneView(String instance, List<Integer> known, int unknown) {}

    /**
     * Targets met, from settled outcomes.
     *
     * @param all everything, if there is any window
     * @param classes by class
     * @param tenants by tenant
     * @param models by model
     * @param instances by instance
     * @param untilMillis end of the newest window; 0 if there is none
     * @param emittedMillis when the newest was computed, by the clock of the job
     * @param leftOut windows of groups beyond those that are kept
     */
    public record AttainmentView(
            List<AttainmentRow> all,
            List<AttainmentRow> classes,
            List<AttainmentRow> tenants,
            List<AttainmentRow> models,
            List<AttainmentRow> instances,
            long untilMillis,
            long emittedMillis,
            long leftOut) {}

    /**
     * Targets met by a group.
     *
     * @param name the group
     * @param settled requests that ended
     * @param goodput of those, the ones that completed and missed no target
     * @param joint requests with any target, and those that met all of theirs
     * @param ttft of the time to first token
     * @param tpot of the time per output token
     * @param e2e of the time to the last token
     */
    public record AttainmentRow(
            String name, long settled, long goodput, Met joint, Met ttft, Met tpot, Met e2e) {

        static AttainmentRow empty(String name) {
            return new AttainmentRow(name, 0, 0, Met.NONE, Met.NONE, Met.NONE, Met.NONE);
        }

        AttainmentRow plus(AttainmentRow other) {
            return new AttainmentRow(
                    name,
                    settled + other.settled,
                    goodput + other.goodput,
                    joint.plus(other.joint),
                    ttft.plus(other.ttft),
                    tpot.plus(other.tpot),
                    e2e.plus(other.e2e));
        }
    }

    /**
     * How many had a target, and met it.
     *
     * @param withTarget requests that carried one
     * @param met of those, the ones that met it
     */
    public record Met(long withTarget, long met) {

        static final Met NONE = new Met(0, 0);

        Met plus(Met other) {
            return new Met(withTarget + other.withTarget, met + other.met);
        }
    }

    /**
     * Records that are not as they should be.
     *
     * @param unreadable could not be read
     * @param repeatedEvents worker events heard before, or of a replaced process
     * @param invalidLatencies latencies that are no durations; in no percentile
     */
    public record Oddities(long unreadable, long repeatedEvents, long invalidLatencies) {}
}
