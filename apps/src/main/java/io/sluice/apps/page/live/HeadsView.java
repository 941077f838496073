package io.sluice.apps.page.live;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Who goes next in each lane, and whom the router keeps, from decisions.
 *
 * @param lanes the longest lanes that hold something selected
 * @param otherLanes such lanes beside them
 * @param held requests that the router keeps, selected or not
 * @param keeps the oldest selected ones of those
 */
public record HeadsView(List<LaneHead> lanes, int otherLanes, int held, List<Entry> keeps) {

    /** How far the order that is shown is the lane's. */
    public enum Certainty {
        /** By the keys of the policy. */
        KEYS,
        /** By the keys of the policy, but tenants take turns. */
        TURNS,
        /** By submission: the policy goes by what no decision tells, or is not known. */
        ARRIVAL
    }

    /**
     * The head of a lane.
     *
     * @param instance the instance that the lane feeds
     * @param waiting requests that are known to wait in it
     * @param unknown requests that wait in it and were assigned before the page began to read; they
     *     have places among the known ones
     * @param policy its order, as it was chosen; empty if nothing was dispatched yet
     * @param certainty how far the order that is shown is the lane's
     * @param lastWords what gave the one that went last its place; null if nothing went
     * @param intervalMillis mean time between its last dispatches; null if there were too few
     * @param entries the first of those that are selected
     */
    public record LaneHead(
            String instance,
            int waiting,
            int unknown,
            String policy,
            Certainty certainty,
            @Nullable String lastWords,
            @Nullable Double intervalMillis,
            List<Entry> entries) {

        LaneHead first(int most) {
            return new LaneHead(
                    instance,
                    waiting,
                    unknown,
                    policy,
                    certainty,
                    lastWords,
                    intervalMillis,
                    entries.subList(0, Math.min(most, entries.size())));
        }
    }

    /**
     * A request that waits.
     *
     * @param position its place, from 1
     * @param request its id
     * @param tenant its tenant
     * @param band its class
     * @param words what gives it its place, or why the router keeps it
     * @param submittedMillis when it was submitted
     * @param startMillis when it starts if the lane goes on at its pace; null if that is not known
     * @param assignedStartMillis when the router predicted it to start, when it assigned it; null
     *     if it did not
     */
    public record Entry(
            int position,
            String request,
            String tenant,
            String band,
            String words,
            long submittedMillis,
            @Nullable Long startMillis,
            @Nullable Long assignedStartMillis) {

        static Entry of(
                WaitingRequest request, int position, String words, @Nullable Long startMillis) {
            return new Entry(
                    position,
                    request.key().requestId(),
                    request.key().tenant(),
                    request.band().label(),
                    words,
                    request.submittedMillis(),
                    startMillis,
                    request.assignedStartMillis());
        }
    }
}
