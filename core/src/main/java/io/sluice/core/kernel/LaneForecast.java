package io.sluice.core.kernel;

import io.sluice.core.kernel.InstanceState.Pace;
import io.sluice.core.kernel.LaneEntry.Run;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.WorkAhead;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * What goes before a request that comes to a lane now. By what lies in state alone: what a worker
 * has said of the progress of runs does not, and a restored lane must answer alike.
 *
 * <p>Costs O(B log B) for B runs, and a walk through those that wait up to the place of the
 * request, or until enough was counted; through all of them where the order goes by more than keys.
 */
final class LaneForecast {

    private final Lane lane;
    private final long now;
    private int requests;
    private double millis;
    private double squaredMillis;
    private long tokens;

    LaneForecast(Lane lane, long now) {
        this.lane = lane;
        this.now = now;
    }

    /**
     * What goes before a request.
     *
     * @param place where it would stand
     * @param mostMillis counting ends once the request is delayed by more
     */
    WorkAhead before(SortKey place, double mostMillis) {
        lane.links().forEach(this::addRuns);
        boolean inKeyOrder = lane.queue().isInKeyOrder();
        for (Iterator<QueuedRequest> walk = lane.queue().walk(); walk.hasNext(); ) {
            QueuedRequest waiting = walk.next();
            boolean goesBefore = waiting.place().compareTo(place) < 0;
            if ((inKeyOrder && !goesBefore) || delayMillis() > mostMillis) {
                break;
            }
            if (goesBefore) {
                add(waiting.serviceMillis(), waiting.tokens());
            }
        }
        return soFar();
    }

    private double delayMillis() {
        WorkAhead counted = soFar();
        return counted.shareBefore() * counted.millis();
    }

    private WorkAhead soFar() {
        return new WorkAhead(requests, millis, squaredMillis, atOnce());
    }

    /** As many as there are places for, and as the memory holds. */
    private int atOnce() {
        int places = lane.links().maxSequences();
        if (tokens == 0) {
            return places;
        }
        double inMemory = (double) lane.links().kvTokens() * requests / tokens;
        return (int) Math.max(1, Math.min(places, inMemory));
    }

    private void add(double service, long held) {
        double left = Math.max(0, service);
        requests++;
        millis += left;
        squaredMillis += left * left;
        tokens += held;
    }

    /**
     * Runs in the order in which they were sent; those beyond the instance's places wait there. One
     * that was sent ahead began when another had ended, and that was the later the later it was
     * sent.
     */
    private void addRuns(InstanceLink link) {
        List<LaneEntry> runs = new ArrayList<>(lane.entries().runsOn(link));
        runs.sort(Comparator.comparingLong(LaneForecast::sentAt));
        int running = Math.min(runs.size(), link.capacity().maxSequences());
        Pace pace = link.lookAhead().pace();
        for (int i = 0; i < runs.size(); i++) {
            LaneEntry entry = runs.get(i);
            double gone = i < running ? now - began(entry, running - 1 - i, pace) : 0;
            add(serviceMillis(entry) - gone, reserved(entry));
        }
    }

    private static double began(LaneEntry entry, int begunLater, Pace pace) {
        double freed =
                (double) pace.lastCompletionMillis() - begunLater * pace.completionGapMillis();
        return Math.max(freed, (double) sentAt(entry));
    }

    private static long sentAt(LaneEntry entry) {
        Run run = entry.run();
        return run == null ? 0 : run.sentAtMillis();
    }

    private static long reserved(LaneEntry entry) {
        Run run = entry.run();
        return run == null ? 0 : run.reservedTokens();
    }

    /** Of a run that is known from its worker alone nothing is known but what it holds. */
    private double serviceMillis(LaneEntry entry) {
        PendingRequest request = entry.request();
        return request == null
                ? 0
                : lane.entries().service().serviceMillis(request.withProgress(Progress.NONE));
    }
}
