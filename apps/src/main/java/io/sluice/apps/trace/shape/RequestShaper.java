package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.arrival.TimedRequest;
import io.sluice.sim.random.Draws;

import java.util.EnumMap;
import java.util.Map;

/** Turns timed requests into what a replay sends. */
public final class RequestShaper {

    private static final int NO_RECORDED_PRIORITY = 0;

    private final Shaping shaping;

    /** A shaper by these rules. */
    public RequestShaper(Shaping shaping) {
        this.shaping = shaping;
    }

    /** One request, shaped; the same request gives the same result. */
    public ShapedRequest shape(TimedRequest timed) {
        TraceRequest request = timed.request();
        int priority = priority(request);
        return new ShapedRequest(
                timed,
                priority,
                targets(request.sequence(), PriorityClass.of(priority)),
                shaping.tokenLimit().maxTokens(request.tokens().outputTokens()));
    }

    private int priority(TraceRequest request) {
        PriorityMix mix = shaping.mix();
        if (mix != null) {
            return mix.draw(Draws.of(shaping.seed(), "priority", request.sequence())).priority();
        }
        Integer recorded = request.caller().priority();
        return recorded == null ? NO_RECORDED_PRIORITY : recorded;
    }

    /** Each kind of target has draws of its own, so that adding one does not move another. */
    private Map<Target, Double> targets(long sequence, PriorityClass priorityClass) {
        Map<Target, Double> millis = new EnumMap<>(Target.class);
        shaping.targets()
                .of(priorityClass)
                .forEach(
                        (target, range) -> {
                            Draws draws = Draws.of(shaping.seed(), target.label(), sequence);
                            millis.put(target, range.draw(draws) / shaping.speedup());
                        });
        return millis;
    }

    /** What it does, in words for a report. */
    public String description() {
        PriorityMix mix = shaping.mix();
        String priorities =
                mix == null
                        ? "priorities as recorded"
                        : "priority mix " + mix + ", seed " + shaping.seed();
        String targets = shaping.targets().toString();
        return priorities
                + (targets.isEmpty() ? ", no targets" : ", targets " + targets)
                + ", max_tokens "
                + shaping.tokenLimit();
    }
}
