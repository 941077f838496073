package io.sluice.core.routing;

import io.sluice.core.model.PendingRequest;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * All requests of a session to one instance, so that its prefix cache is used; requests without a
 * session by least outstanding work. The instance is chosen by highest random weight (rendezvous
 * hashing, Thaler and Ravishankar 1998): nothing is remembered, and when the fleet changes only the
 * sessions of the changed instance move.
 */
public final class SessionAffinity implements RoutingPolicy {

    private final RoutingPolicy withoutSession = new LeastOutstanding();

    @Override
    public String name() {
        return "session-affinity";
    }

    @Override
    public String reason(PendingRequest request) {
        return request.sessionId() == null
                ? "without session: " + withoutSession.reason(request)
                : "the instance of its session";
    }

    @Override
    public FleetInstance choose(
            PendingRequest request, List<FleetInstance> candidates, OutstandingWork work) {
        String session = request.sessionId();
        if (session == null) {
            return withoutSession.choose(request, candidates, work);
        }
        return candidates.stream()
                .max(
                        Comparator.comparingLong(
                                (FleetInstance instance) -> weight(session, instance)))
                .orElseThrow();
    }

    @Override
    public double[] scores(
            PendingRequest request, List<FleetInstance> candidates, OutstandingWork work) {
        String session = request.sessionId();
        return session == null
                ? withoutSession.scores(request, candidates, work)
                : candidates.stream().mapToDouble(i -> weight(session, i)).toArray();
    }

    @Override
    public Map<String, Double> parts(
            PendingRequest request, FleetInstance instance, OutstandingWork work) {
        return request.sessionId() == null
                ? withoutSession.parts(request, instance, work)
                : Map.of();
    }

    private static long weight(String session, FleetInstance instance) {
        CRC32 crc = new CRC32();
        crc.update(session.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        crc.update(instance.instanceId().getBytes(StandardCharsets.UTF_8));
        // A CRC is linear, so similar names get related values; the multiplication spreads them.
        return (crc.getValue() * 0x9E3779B97F4A7C15L) >>> 16;
    }
}
