package io.sluice.core.kernel;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.PendingRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What a gate knows of one request.
 *
 * @param requestId the request
 * @param phase where it stands
 * @param priority its priority, or the highest that others have asked for; the lowest number if
 *     nobody has
 * @param serviceMillis predicted milliseconds of its run; 0 before it was read
 * @param criticalPathMillis predicted milliseconds of the longest chain of requests that wait for
 *     it, it not included; 0 once it has ended
 * @param edges what comes before it. Of those that hold it back, the ones that have not ended; if
 *     it has failed, the ones that had not completed then
 * @param dependants those that wait for it; some may have ended since
 * @param failure why it did not complete; null unless it has failed
 * @param giveUpMillis when it stops waiting for requests that nobody has submitted
 * @param wakeMillis when to look at it again, or {@link PendingRequest#NEVER}
 */
public record GateNode(
        String requestId,
        Phase phase,
        int priority,
        double serviceMillis,
        double criticalPathMillis,
        List<Dependency> edges,
        List<String> dependants,
        @Nullable Failure failure,
        long giveUpMillis,
        long wakeMillis) {

    /** Where a request stands. */
    public enum Phase {
        /** Named by others, not read. */
        EXPECTED,
        /** Held back. */
        WAITING,
        /** Let through. */
        PASSED,
        /** Ran to its last token. */
        COMPLETED,
        /** Ended otherwise, or will. */
        FAILED
    }

    /**
     * What kept a request from completing, or what kept from it one that it waits for.
     *
     * @param code machine-readable
     * @param cause for people, a sentence that names the request at fault
     */
    public record Failure(String code, String cause) {}

    /** Copies the lists. */
    public GateNode {
        edges = List.copyOf(edges);
        dependants = List.copyOf(dependants);
    }

    static GateNode expected(String requestId, long wakeMillis) {
        return new GateNode(
                requestId,
                Phase.EXPECTED,
                Integer.MIN_VALUE,
                0,
                0,
                List.of(),
                List.of(),
                null,
                0,
                wakeMillis);
    }

    /** Read, and held back until it is let through. */
    GateNode arrived(GateArrival arrival, long giveUp) {
        return new GateNode(
                requestId,
                Phase.WAITING,
                Math.max(priority, arrival.priority()),
                arrival.serviceMillis(),
                criticalPathMillis,
                arrival.waitFor(),
                dependants,
                null,
                giveUp,
                giveUp);
    }

    boolean hasEnded() {
        return phase == Phase.COMPLETED || phase == Phase.FAILED;
    }

    /** The edges that hold it back. */
    List<Dependency> holding() {
        return edges.stream().filter(Dependency::holds).toList();
    }

    /** The edges that only ask for urgency. */
    List<Dependency> graded() {
        return edges.stream().filter(edge -> !edge.holds()).toList();
    }

    boolean waitsFor(String other) {
        return phase == Phase.WAITING
                && edges.stream().anyMatch(e -> e.holds() && e.requestId().equals(other));
    }

    GateNode passed(long wake) {
        return with(Phase.PASSED, graded(), null, wake);
    }

    GateNode completed(long wake) {
        return with(Phase.COMPLETED, List.of(), null, wake).awaitedByNobody();
    }

    /** What it still waits for is kept, for those who would wait for that instead. */
    GateNode failed(Failure why, long wake) {
        return with(Phase.FAILED, holding(), why, wake).awaitedByNobody();
    }

    private GateNode awaitedByNobody() {
        return withDependants(List.of()).withCriticalPath(0);
    }

    GateNode withHolding(List<Dependency> holding) {
        List<Dependency> all = new ArrayList<>(holding);
        all.addAll(graded());
        return with(phase, all, failure, wakeMillis);
    }

    GateNode withPriority(int newPriority) {
        return new GateNode(
                requestId,
                phase,
                newPriority,
                serviceMillis,
                criticalPathMillis,
                edges,
                dependants,
                failure,
                giveUpMillis,
                wakeMillis);
    }

    GateNode withCriticalPath(double millis) {
        return new GateNode(
                requestId,
                phase,
                priority,
                serviceMillis,
                millis,
                edges,
                dependants,
                failure,
                giveUpMillis,
                wakeMillis);
    }

    GateNode withDependants(List<String> newDependants) {
        return new GateNode(
                requestId,
                phase,
                priority,
                serviceMillis,
                criticalPathMillis,
                edges,
                newDependants,
                failure,
                giveUpMillis,
                wakeMillis);
    }

    GateNode waking(long wake) {
        return with(phase, edges, failure, wake);
    }

    private GateNode with(
            Phase newPhase, List<Dependency> newEdges, @Nullable Failure why, long wake) {
        return new GateNode(
                requestId,
                newPhase,
                priority,
                serviceMillis,
                criticalPathMillis,
                newEdges,
                dependants,
                why,
                giveUpMillis,
                wake);
    }
}
