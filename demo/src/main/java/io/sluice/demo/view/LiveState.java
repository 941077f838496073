package io.sluice.demo.view;

import io.sluice.core.latency.LatencyHistogram;
import io.sluice.core.latency.SloCounts;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;
import io.sluice.demo.view.RequestTrack.Phase;
import io.sluice.schemas.RecordLimits;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.WorkerEvent;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as far as its topics tell. Safe for one thread that adds and others that take snapshots.
 */
public final class LiveState {

    private record WindowKey(Instant start, String band) {}

    private final double speedup;
    private final RequestTrack track = new RequestTrack();
    private final SortedMap<String, Long> outcomes = new TreeMap<>();
    private final Map<WindowKey, SloCounts> windows = new HashMap<>();
    private final LatencyHistogram ttft = new LatencyHistogram();
    private Duration shortest = ChronoUnit.FOREVER.getDuration();

    /**
     * Nothing seen yet.
     *
     * @param speedup what latencies are multiplied by
     */
    public LiveState(double speedup) {
        this.speedup = speedup;
    }

    synchronized void request(InferenceRequest request) {
        // Without ids to tell it by it is a dead letter.
        if (RecordLimits.identify(request.getFairnessId(), request.getRequestId())) {
            track.submitted(
                    key(request.getFairnessId(), request.getRequestId()),
                    PriorityBand.of(request.getPriority()));
        }
    }

    synchronized void command(DispatchCommand command) {
        if (command.getType() == CommandType.DISPATCH) {
            track.moved(key(command.getFairnessId(), command.getRequestId()), Phase.IN_FLIGHT);
        }
    }

    synchronized void event(WorkerEvent event) {
        switch (event.getType()) {
            case COMPLETED -> {
                track.moved(key(event.getFairnessId(), event.getRequestId()), Phase.FINISHED);
                firstToken(event.getTtftMs() == null ? Double.NaN : event.getTtftMs() * speedup);
            }
            case FAILED, CANCELLED, REFUSED, GIVEN_BACK, PREEMPTED ->
                    track.moved(key(event.getFairnessId(), event.getRequestId()), Phase.QUEUED);
            default -> {
                // Nothing else moves a request.
            }
        }
    }

    private void firstToken(double millis) {
        if (LatencyHistogram.isRecordable(millis)) {
            ttft.addMillis(millis);
        }
    }

    synchronized void outcome(RequestOutcome outcome) {
        RequestKey key = key(outcome.getFairnessId(), outcome.getRequestId());
        if (track.moved(key, Phase.SETTLED)) {
            outcomes.merge(outcome.getOutcome().name(), 1L, Long::sum);
        }
    }

    /**
     * A window replaces what an earlier version of it said. Longer ones are sums of the shortest,
     * which alone count here.
     */
    synchronized void window(SlaWindow window) {
        Duration length = Duration.between(window.getWindowStart(), window.getWindowEnd());
        if (length.compareTo(shortest) < 0) {
            shortest = length;
            windows.clear();
        }
        if (window.getScope() == SlaScope.PRIORITY && length.equals(shortest)) {
            windows.put(
                    new WindowKey(window.getWindowStart(), window.getScopeValue()),
                    new SloCounts(
                            window.getSlo().getJointWithTarget(), window.getSlo().getJointMet()));
        }
    }

    private static RequestKey key(String tenant, String requestId) {
        return new RequestKey(tenant.isBlank() ? "default" : tenant, requestId);
    }

    /** The present moment. */
    public synchronized LiveSnapshot snapshot() {
        long settled = track.size(Phase.SETTLED);
        int queued = track.size(Phase.QUEUED);
        int inFlight = track.size(Phase.IN_FLIGHT);
        return new LiveSnapshot(
                settled + queued + inFlight + track.size(Phase.FINISHED),
                settled,
                track.in(Phase.QUEUED),
                inFlight,
                ttft.quantileMillis(0.5).orElse(Double.NaN),
                ttft.quantileMillis(0.99).orElse(Double.NaN),
                attainment(),
                outcomes);
    }

    private Map<PriorityBand, SloCounts> attainment() {
        Map<PriorityBand, SloCounts> slo = new EnumMap<>(PriorityBand.class);
        for (PriorityBand band : PriorityBand.values()) {
            windows.forEach(
                    (key, counts) -> {
                        if (key.band().equals(band.label())) {
                            slo.merge(band, counts, SloCounts::plus);
                        }
                    });
        }
        return slo;
    }
}
